-- What a login service keeps. Times are milliseconds since the Unix epoch, which is how the service has them: what is
-- read back equals what was written. Texts are compared byte by byte: they are identifiers, and no language orders them.

CREATE TABLE account (
    id uuid PRIMARY KEY,
    -- Counts the changes that a login may rest on: one that was decided on an older revision is not written.
    rev bigint NOT NULL,
    -- How many sessions the account has rows of, at the most: added to by logins, counted anew whenever they are read.
    session_rows bigint NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'suspended')),
    created_at bigint NOT NULL,
    last_login_at bigint NOT NULL,
    nickname text,
    avatar_url text,
    phone_number text COLLATE "C",
    phone_country_code integer,
    phone_verified_at bigint,
    external_id text,
    CHECK ((phone_number IS NULL) = (phone_country_code IS NULL)),
    CHECK ((phone_number IS NULL) = (phone_verified_at IS NULL))
) WITH (fillfactor = 70); -- Every login changes the row: with room beside it that touches no index.

CREATE INDEX account_phone ON account (phone_number, id) WHERE phone_number IS NOT NULL;

CREATE TABLE identity (
    appid text COLLATE "C" NOT NULL,
    openid text COLLATE "C" NOT NULL,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    -- Orders the identities of an account.
    place integer NOT NULL,
    unionid text COLLATE "C",
    first_seen_at bigint NOT NULL,
    -- No reference: that the other account is gone since does not undo what was seen.
    unionid_conflict uuid,
    PRIMARY KEY (appid, openid)
);

CREATE INDEX identity_account ON identity (account_id);

-- Which account a unionid leads to: those of its identities, and those that they had before.
CREATE TABLE unionid (
    unionid text COLLATE "C" PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE
);

CREATE INDEX unionid_account ON unionid (account_id);

CREATE TABLE login_session (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    session_id uuid NOT NULL,
    appid text COLLATE "C" NOT NULL,
    openid text COLLATE "C" NOT NULL,
    unionid text COLLATE "C",
    device text,
    client text,
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    generation bigint NOT NULL,
    rotated_at bigint NOT NULL,
    idle_expires_at bigint NOT NULL,
    end_reason text COLLATE "C",
    ended_at bigint,
    PRIMARY KEY (account_id, session_id),
    CHECK ((end_reason IS NULL) = (ended_at IS NULL))
) WITH (fillfactor = 80); -- Refreshes change the row.

CREATE TABLE key_ring (
    -- There is one.
    is_current boolean PRIMARY KEY CHECK (is_current),
    version bigint NOT NULL,
    refresh_mac bytea NOT NULL
);

CREATE TABLE signing_key (
    -- Orders the keys of the ring.
    place integer PRIMARY KEY,
    kid text COLLATE "C" NOT NULL,
    kty text COLLATE "C" NOT NULL,
    -- x of an Ed25519 or P-256 key, n of an RSA key.
    public_1 bytea NOT NULL,
    -- y of a P-256 key, e of an RSA key.
    public_2 bytea,
    created_at bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    -- The time that belongs to the state: since when, or until when.
    state_at bigint NOT NULL,
    -- Sealed; gone as soon as the key signs no more.
    private bytea
);

CREATE TABLE api_key (
    name text COLLATE "C" PRIMARY KEY,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    scopes text[] NOT NULL,
    created_at bigint
);

-- Nothing refers to an account here: events stay when it is erased.
CREATE TABLE audit_event (
    -- Begins with the time, and so orders the events.
    id uuid PRIMARY KEY,
    at bigint NOT NULL,
    action text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    account_id uuid,
    session_id uuid,
    appid text COLLATE "C",
    code text COLLATE "C",
    detail text COLLATE "C",
    request_id text COLLATE "C",
    ip text COLLATE "C"
);

CREATE INDEX audit_event_account ON audit_event (account_id, id) WHERE account_id IS NOT NULL;

CREATE TABLE push_message (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    at bigint NOT NULL
);

CREATE INDEX push_message_at ON push_message (at, hash);

-- Written to see whether anything can be written.
CREATE TABLE write_probe (
    is_current boolean PRIMARY KEY CHECK (is_current),
    written bigint NOT NULL
);
