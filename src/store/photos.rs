//! Photographs: files in the folder `photos` beside the database, named by their ids, and the table that says whose they
//! are. The table is a fold of the journal; a file without a row is what a crash left behind, and is swept out at the next
//! start.
//!
//! **Never in the way.** A picture is written by whoever has the time, not by the loop. Where the disk has little room left
//! none is kept at all: the room is for the database.

use super::fold::read;
use super::{StoreError, guard};
use crate::domain::event::Event;
use crate::domain::ids::{PhotoId, VisitId};
use crate::domain::photo::{Photo, PhotoKind, Shot};
use crate::domain::time::Stamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// No picture is longer: what is larger is no photograph of ours.
pub const PHOTO_BYTES_MAX: u64 = 16 << 20;

/// Why a picture was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// The disk is nearly full: what is left is for the database.
    #[error("no photo is kept: only {free_bytes} bytes are free where the database is")]
    NoRoom {
        /// What is left.
        free_bytes: u64,
    },
    /// It is empty, or too large for a photograph.
    #[error("no photo is kept: {0} bytes are no photograph")]
    Length(u64),
    /// The disk refuses.
    #[error("no photo is kept: the folder of photos cannot be written")]
    Disk(#[from] io::Error),
}

/// The folder of photographs of one database. Any thread may hold one.
#[derive(Debug, Clone)]
pub struct Photos {
    data: PathBuf,
    free_min: u64,
}

impl Photos {
    /// The photographs beside the database in `data`; none is kept while fewer than `free_min` bytes are free there.
    pub fn beside(data: &Path, free_min: u64) -> Self {
        Self { data: data.to_owned(), free_min }
    }

    /// Keeps a picture, synced under its name or not at all. What is known of it then, but for the instant, which the
    /// caller has.
    ///
    /// # Errors
    /// Where there is no room, or the disk refuses: nothing is left behind.
    pub fn keep(
        &self,
        id: PhotoId,
        chain: VisitId,
        kind: PhotoKind,
        at: Stamp,
        jpeg: &[u8],
    ) -> Result<Photo, NotKept> {
        let bytes = jpeg.len() as u64;
        if !(1..=PHOTO_BYTES_MAX).contains(&bytes) {
            return Err(NotKept::Length(bytes));
        }
        let free_bytes = guard::free_bytes(&self.data)?;
        if free_bytes < self.free_min.saturating_add(bytes) {
            return Err(NotKept::NoRoom { free_bytes });
        }
        fs::create_dir_all(self.folder())?;
        self.write(id, jpeg).inspect_err(|_| drop(fs::remove_file(self.unfinished(id))))?;
        Ok(Photo { id, chain, kind, at, bytes, sha256: fingerprint(jpeg), shot: None })
    }

    /// Keeps a picture of a vehicle's condition, with what a person said of it.
    ///
    /// # Errors
    /// As for [`Photos::keep`].
    pub fn keep_shot(
        &self,
        id: PhotoId,
        chain: VisitId,
        shot: Shot,
        at: Stamp,
        jpeg: &[u8],
    ) -> Result<Photo, NotKept> {
        let kept = self.keep(id, chain, PhotoKind::Condition, at, jpeg)?;
        Ok(Photo { shot: Some(shot), ..kept })
    }

    fn write(&self, id: PhotoId, jpeg: &[u8]) -> io::Result<()> {
        let unfinished = self.unfinished(id);
        let mut file = private(&unfinished)?;
        file.write_all(jpeg)?;
        file.sync_all()?;
        fs::rename(unfinished, self.path(id))
    }

    /// A picture; nothing where its file is gone or is not the one that was kept.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn picture(&self, photo: &Photo) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(photo.id)) {
            Ok(jpeg) => Ok(Some(jpeg).filter(|jpeg| fingerprint(jpeg) == photo.sha256)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes pictures; those that are gone already are deleted. Each is tried, and one that stays is swept out later.
    pub fn delete(&self, photos: &[PhotoId]) {
        for photo in photos {
            self.remove(&self.path(*photo));
        }
    }

    /// Deletes every file that no row speaks of, at the start, before any is written; how many there were.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sweep(&self, conn: &Connection) -> Result<usize, StoreError> {
        let Ok(files) = fs::read_dir(self.folder()) else { return Ok(0) };
        let mut swept = 0;
        for path in files.flatten().map(|file| file.path()) {
            let id =
                path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".jpg"));
            let id: Option<PhotoId> = id.and_then(|id| id.parse().ok());
            let known = id.map_or(Ok(false), |id| is_known(conn, id))?;
            if !known {
                self.remove(&path);
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn remove(&self, path: &Path) {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(path = %path.display(), %error, "a photo could not be deleted; it is tried again at the next start");
            }
            _ => {}
        }
    }

    fn folder(&self) -> PathBuf {
        self.data.join("photos")
    }

    fn path(&self, id: PhotoId) -> PathBuf {
        self.folder().join(format!("{id}.jpg"))
    }

    fn unfinished(&self, id: PhotoId) -> PathBuf {
        self.folder().join(format!("{id}.part"))
    }
}

/// A file nobody but this user reads.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn fingerprint(jpeg: &[u8]) -> String {
    Sha256::digest(jpeg).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What an event does to the table.
pub(super) fn fold(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::PhotoKept { photo } => {
            let body = serde_json::to_string(photo).map_err(|error| StoreError::Body("photo", error))?;
            conn.prepare_cached(
                "INSERT OR IGNORE INTO photos (id, chain, kind, kept_ms, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                photo.id.0,
                photo.chain.0,
                photo.kind.code(),
                photo.at.utc.as_millisecond(),
                body
            ])?;
        }
        Event::PhotosDeleted { photos } => {
            let mut delete = conn.prepare_cached("DELETE FROM photos WHERE id = ?1")?;
            for photo in photos {
                delete.execute([photo.0])?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn is_known(conn: &Connection, id: PhotoId) -> Result<bool, StoreError> {
    let found = conn
        .prepare_cached("SELECT 1 FROM photos WHERE id = ?1")?
        .query_row([id.0], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// The photos of a chain of visits, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_chain(conn: &Connection, chain: VisitId) -> Result<Vec<Photo>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT body FROM photos WHERE chain = ?1 ORDER BY kept_ms, id LIMIT 64")?;
    let rows = statement.query_map([chain.0], |row| row.get::<_, String>(0))?;
    rows.map(|body| read("photo", &body?)).collect()
}

/// Photos of a kind that were kept before an instant, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn kept_before(
    conn: &Connection,
    kind: PhotoKind,
    before: Stamp,
    most: u32,
) -> Result<Vec<PhotoId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM photos WHERE kind = ?1 AND kept_ms < ?2 ORDER BY kept_ms, id LIMIT ?3",
    )?;
    let rows =
        statement.query_map(params![kind.code(), before.utc.as_millisecond(), most], |row| row.get(0))?;
    rows.map(|id| Ok(PhotoId(id?))).collect()
}
