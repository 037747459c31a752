-- The database of one terminal. Events are the truth; every other table but `requests` is their fold, written in the
-- same transaction, and can be made again from them. Ids are 16-byte UUIDs made by the loop; instants are stored twice,
-- as text with the Athens offset inside the bodies and as Unix milliseconds where a list is ordered by them.
-- Tables with a body are ordinary ones: without rowids SQLite keeps whole rows in its inner nodes, and a body of a
-- kilobyte then costs an overflow page.

CREATE TABLE events (
  terminal_id TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  at          TEXT NOT NULL,
  body        TEXT NOT NULL,
  hash        BLOB NOT NULL,
  PRIMARY KEY (terminal_id, seq)
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- REPLACE removes the row it replaces without a word to the trigger above.
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE terminal_id = NEW.terminal_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- One row each: counters, the outbox in figures, the link to the registry, the drawer.
CREATE TABLE singles (
  name TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The number is the row's own: this terminal counts its visits from 1. Another terminal's, once they are shared, get
-- rows of their own above 2^40.
CREATE TABLE visits (
  number     INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE,
  plate_key  TEXT NOT NULL,
  state      TEXT NOT NULL,
  arrived_ms INTEGER NOT NULL,
  entry_id   INTEGER,
  body       TEXT NOT NULL
) STRICT;

CREATE INDEX visits_by_plate ON visits (plate_key, arrived_ms);
-- What a person looks for in the past: by when, by what was paid, by what came to nothing.
CREATE INDEX visits_by_arrival ON visits (arrived_ms);
CREATE INDEX visits_by_total ON visits (json_extract(body, '$.settlement.total'), arrived_ms)
WHERE json_extract(body, '$.settlement.total') IS NOT NULL;
CREATE INDEX visits_cancelled ON visits (arrived_ms) WHERE state = 'cancelled';
CREATE INDEX visits_by_entry ON visits (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX visits_inside ON visits (arrived_ms) WHERE state IN ('open', 'in_service', 'ready', 'settled');

-- Settled by a contract, and nobody has said by which document: it is empty where there are no contracts.
CREATE INDEX visits_awaiting_document ON visits (arrived_ms)
WHERE json_extract(body, '$.settlement.how') = 'by_contract'
  AND coalesce(json_extract(body, '$.entry.correlate.state'), 'withdrawn') = 'withdrawn';

-- Sales without a vehicle; they share the count of the visits.
CREATE TABLE orders (
  number    INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  state     TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  body      TEXT NOT NULL
) STRICT;

CREATE INDEX orders_open ON orders (opened_ms) WHERE state IN ('open', 'waiting', 'ready');
-- Left, and still owed: empty where nobody is let go without paying.
CREATE INDEX visits_owed ON visits (arrived_ms)
WHERE state = 'closed' AND json_extract(body, '$.debt') IS NOT NULL;

-- Subscribers whose vehicle is out, and may come back under the same entry.
CREATE INDEX visits_away ON visits (arrived_ms) WHERE state = 'away';

-- Monthly parking, numbered from 1; those that are closed stay.
CREATE TABLE subscriptions (
  number  INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  is_open INTEGER NOT NULL,
  body    TEXT NOT NULL
) STRICT;

CREATE INDEX subscriptions_open ON subscriptions (number) WHERE is_open = 1;

-- Shops whose customers park for less, with their vouchers that may still hold.
CREATE TABLE merchants (
  number INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE,
  body   TEXT NOT NULL
) STRICT;

-- Stays that shops made cheaper: their accounts.
CREATE TABLE validation_uses (
  seq      INTEGER NOT NULL,
  nth      INTEGER NOT NULL,
  merchant INTEGER NOT NULL,
  at_ms    INTEGER NOT NULL,
  document BLOB,
  body     TEXT NOT NULL,
  PRIMARY KEY (seq, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX validation_uses_account ON validation_uses (merchant, at_ms);
CREATE INDEX validation_uses_document ON validation_uses (document) WHERE document IS NOT NULL;

-- Plates that are warned of, not to come in, or pay nothing.
CREATE TABLE listed (
  plate_key TEXT NOT NULL PRIMARY KEY,
  body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who went through without a visit of that moment: subscribers in and out, barriers opened by hand or by nobody.
CREATE TABLE door (
  seq   INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind  TEXT NOT NULL,
  body  TEXT NOT NULL
) STRICT;

CREATE INDEX door_by_kind ON door (kind, seq);

CREATE TABLE vehicles (
  plate_key TEXT NOT NULL PRIMARY KEY,
  size      TEXT NOT NULL,
  package   TEXT,
  visits    INTEGER NOT NULL,
  last_ms   INTEGER NOT NULL,
  -- Kilometres when it was last looked at, when that was, and when it should come again, as a garage wrote them.
  km        INTEGER,
  km_ms     INTEGER,
  next_service TEXT
) STRICT, WITHOUT ROWID;

-- Those that should come again: empty where nobody services vehicles.
CREATE INDEX vehicles_to_come ON vehicles (plate_key) WHERE next_service IS NOT NULL;

-- Every tail of every plate, so that any fragment is the beginning of one: `4821` finds ΙΗΖ-4821 by index. Seven rows in
-- seven places are too much for the commit a person waits for: they are added when the loop is idle, and a search looks
-- through the few visits above `upto` by itself.
CREATE TABLE plate_tails (
  tail      TEXT NOT NULL,
  plate_key TEXT NOT NULL,
  PRIMARY KEY (tail, plate_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE plates_indexed (upto INTEGER NOT NULL) STRICT;
INSERT INTO plates_indexed (upto) VALUES (0);

CREATE TABLE documents (
  id        BLOB NOT NULL PRIMARY KEY,
  series    TEXT NOT NULL,
  number    INTEGER NOT NULL,
  -- The visit or the order it is for.
  subject   BLOB NOT NULL,
  issued_ms INTEGER NOT NULL,
  -- 0 while it waits for its name; what is void waits no more.
  named     INTEGER NOT NULL,
  body      TEXT NOT NULL,
  UNIQUE (series, number)
) STRICT;

CREATE INDEX documents_by_subject ON documents (subject);
CREATE INDEX documents_unnamed ON documents (issued_ms) WHERE named = 0;

-- Whose tax numbers are, as a register said and as a person wrote; `number` with its country, `GR 999999993`.
CREATE TABLE counterparties (
  number TEXT NOT NULL PRIMARY KEY,
  body   TEXT NOT NULL
) STRICT;

-- Money taken before anything was owed, numbered from 1 without gaps.
CREATE TABLE deposits (
  number  INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  is_held INTEGER NOT NULL,
  body    TEXT NOT NULL
) STRICT;

CREATE INDEX deposits_held ON deposits (number) WHERE is_held = 1;

-- Washes and memberships bought before they are used, numbered from 1 without gaps; `credit` gave the unused part back.
CREATE TABLE packs (
  number   INTEGER PRIMARY KEY,
  id       BLOB NOT NULL UNIQUE,
  document BLOB NOT NULL,
  credit   BLOB,
  -- 1 while it may be used, or a document of it has still to be told for its entries.
  at_hand  INTEGER NOT NULL,
  body     TEXT NOT NULL
) STRICT;

CREATE INDEX packs_at_hand ON packs (number) WHERE at_hand = 1;
CREATE INDEX packs_by_document ON packs (document);
CREATE INDEX packs_by_credit ON packs (credit) WHERE credit IS NOT NULL;

CREATE TABLE messages (
  id        BLOB NOT NULL PRIMARY KEY,
  ord       INTEGER NOT NULL,
  visit     BLOB NOT NULL,
  chain     BLOB NOT NULL,
  kind      TEXT NOT NULL,
  state     TEXT NOT NULL,
  -- 1 when every earlier message of its chain is settled, and the entry it names is not just being told.
  ready     INTEGER NOT NULL,
  -- The visit whose entry a create names, where that goes out in a chain of its own.
  follows   BLOB,
  queued_ms INTEGER NOT NULL,
  ask_ms    INTEGER,
  registry_id INTEGER,
  body      TEXT NOT NULL
) STRICT;

-- Every index a new message enters is a page more in its commit: one serves new arrivals and the backlog alike, and
-- how many wait is counted in `singles`.
CREATE INDEX messages_to_send ON messages (kind, queued_ms, ord) WHERE state = 'queued' AND ready = 1;
CREATE INDEX messages_to_ask ON messages (ask_ms, queued_ms) WHERE state = 'unknown';
CREATE INDEX messages_refused ON messages (ord) WHERE state = 'rejected';
CREATE INDEX messages_sending ON messages (queued_ms) WHERE state = 'sending';
CREATE INDEX messages_by_chain ON messages (chain, ord);
CREATE INDEX messages_following ON messages (follows) WHERE follows IS NOT NULL AND ready = 0;
CREATE INDEX messages_by_number ON messages (registry_id) WHERE registry_id IS NOT NULL;

-- What a comparison with the registry found; settled ones stay, so that they are not found again.
CREATE TABLE differences (
  id      TEXT NOT NULL PRIMARY KEY,
  is_open INTEGER NOT NULL,
  body    TEXT NOT NULL
) STRICT;

CREATE INDEX differences_open ON differences (id) WHERE is_open = 1;

-- Open, counting (sealed, its count is asked for), done (counted, in no day close yet), or closed with its day.
CREATE TABLE shifts (
  id        BLOB NOT NULL PRIMARY KEY,
  opened_ms INTEGER NOT NULL,
  stage     TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;

CREATE INDEX shifts_at_hand ON shifts (stage) WHERE stage <> 'closed';

-- Numbered from 1 without gaps; none is ever changed.
CREATE TABLE day_closes (
  number    INTEGER PRIMARY KEY,
  closed_ms INTEGER NOT NULL,
  body      TEXT NOT NULL
) STRICT;

CREATE TABLE papers (
  id       BLOB NOT NULL PRIMARY KEY,
  document BLOB,
  paper    TEXT NOT NULL,
  is_open  INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  body     TEXT NOT NULL
) STRICT;

CREATE INDEX papers_open ON papers (id) WHERE is_open = 1;
CREATE INDEX papers_complete ON papers (document, paper) WHERE complete = 1;

-- Photographs that are kept as files beside the database; `chain` is the first of the visits it belongs to.
CREATE TABLE photos (
  id      BLOB NOT NULL PRIMARY KEY,
  chain   BLOB NOT NULL,
  kind    TEXT NOT NULL,
  kept_ms INTEGER NOT NULL,
  body    TEXT NOT NULL
) STRICT;

CREATE INDEX photos_of_chain ON photos (chain);
CREATE INDEX photos_by_age ON photos (kind, kept_ms);

-- The exact bytes of every try, kept beside the journal (which holds their hash) for as long as a setting says. Those up
-- to `upto` are packed: the commit that begins a try does not wait for that.
CREATE TABLE requests (
  message  BLOB NOT NULL,
  n        INTEGER NOT NULL,
  sent_ms  INTEGER NOT NULL,
  packed   INTEGER NOT NULL,
  request  BLOB NOT NULL,
  reply    BLOB,
  PRIMARY KEY (message, n)
) STRICT;

CREATE TABLE requests_packed (upto INTEGER NOT NULL) STRICT;
INSERT INTO requests_packed (upto) VALUES (0);
