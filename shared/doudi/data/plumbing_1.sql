-- Tables that every service's database has. Never edited once released; a change is plumbing_2.sql.
CREATE TABLE outbox (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid        NOT NULL,
    key         text        NOT NULL,
    sequence    integer     NOT NULL,
    type        text        NOT NULL,
    time        timestamptz NOT NULL,
    traceparent text,
    value       text        NOT NULL,
    digest      bytea       NOT NULL,
    hash        bytea       NOT NULL,
    sent_at     timestamptz,
    UNIQUE (key, sequence)
);
CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL;
CREATE TABLE journal_head (
    key      text    PRIMARY KEY,
    sequence integer NOT NULL,
    hash     bytea   NOT NULL
);
CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE parked (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    uuid        NOT NULL UNIQUE,
    key         text        NOT NULL,
    type        text        NOT NULL,
    source      text        NOT NULL,
    time        timestamptz NOT NULL,
    traceparent text,
    value       text        NOT NULL,
    reason      text        NOT NULL,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX parked_key ON parked (key, position);
CREATE TABLE discarded (
    event_id     uuid PRIMARY KEY,
    key          text        NOT NULL,
    type         text        NOT NULL,
    value        text        NOT NULL,
    reason       text        NOT NULL,
    discarded_by text        NOT NULL,
    because      text        NOT NULL,
    discarded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE idempotency (
    sub         text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    status      integer     NOT NULL,
    headers     text        NOT NULL,
    body        bytea       NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (sub, key)
);
CREATE INDEX idempotency_at ON idempotency USING brin (at);
CREATE TABLE access_log (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    sub      text        NOT NULL,
    roles    text[]      NOT NULL,
    division text        NOT NULL,
    action   text        NOT NULL,
    kind     text        NOT NULL,
    subject  text        NOT NULL,
    trace    text
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END$$;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER outbox_append_only
    BEFORE DELETE OR UPDATE OF id, key, sequence, type, time, traceparent, value, digest, hash ON outbox
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
