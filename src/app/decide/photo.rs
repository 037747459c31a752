//! Photographs: kept beside a visit, and deleted when their time is over.

use super::{Decided, Draft, LiveChange};
use crate::app::effect::{Effect, Notice, Question};
use crate::app::input::Input;
use crate::app::refusal::Refusal;
use crate::domain::device::{Condition, DeviceId, DeviceKind};
use crate::domain::event::Event;
use crate::domain::ids::{PhotoId, VisitId};
use crate::domain::photo::{Photo, PhotoMiss, Shot};

/// How often is looked whether the time of any is over.
const LOOK_EVERY_S: i64 = 6 * 3_600;
/// So many are deleted in one transaction; the rest follow at once.
pub(in crate::app) const DELETED_MAX: u32 = 500;

/// A person wants a picture of a vehicle's condition. Nothing is promised before it is written: the camera may show nothing,
/// and then the person is told and the work goes on.
pub(super) fn take(draft: &mut Draft, id: VisitId, camera: &DeviceId, shot: &Shot) -> Decided {
    let visit = draft.visit(id)?;
    draft.require_disk()?;
    let there = draft.state.live.devices.get(camera);
    if camera.kind != DeviceKind::Camera || there.is_none_or(|seen| seen.condition != Condition::Ready) {
        return Err(Refusal::NoCamera.into());
    }
    let (photo, chain) = (PhotoId(draft.ids.uuid()), visit.chain);
    let (camera, shot) = (camera.clone(), shot.clone());
    draft.effect(Effect::TakePhoto { photo, visit: id, chain, camera, shot });
    Ok(())
}

/// It was not kept: whoever stands there takes it again, or goes on without.
pub(super) fn missed(draft: &mut Draft, visit: VisitId, why: PhotoMiss) -> Decided {
    draft.tell(Notice::PhotoMissed { visit, why });
    Ok(())
}

/// A picture was written.
pub(super) fn kept(draft: &mut Draft, photo: &Photo) -> Decided {
    draft.event(Event::PhotoKept { photo: Box::new(photo.clone()) });
    Ok(())
}

/// Looks now and then which photos' time is over.
pub(super) fn look_when_due(draft: &mut Draft, input: &Input) {
    let looked = draft.state.live.photos_looked;
    let due = looked.is_none_or(|looked| draft.at.seconds_since(&looked) >= LOOK_EVERY_S);
    if due && matches!(input, Input::Started { .. } | Input::Tick) {
        draft.decision.live.push(LiveChange::PhotosLooked(draft.at));
        draft.ask(Question::PhotosOver);
    }
}

/// Their time is over: that is written down before they are deleted, so that none is missing without a word.
pub(super) fn over(draft: &mut Draft, photos: &[PhotoId]) -> Decided {
    if photos.is_empty() {
        return Ok(());
    }
    draft.event(Event::PhotosDeleted { photos: photos.to_vec() });
    draft.effect(Effect::DeletePhotos { photos: photos.to_vec() });
    if u32::try_from(photos.len()).is_ok_and(|count| count >= DELETED_MAX) {
        draft.ask(Question::PhotosOver);
    }
    Ok(())
}
