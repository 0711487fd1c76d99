-- One text for both engines: TEXT, BIGINT (Unix milliseconds) and BOOLEAN only. Ids and digests are made in Rust.

CREATE TABLE establishment (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    town TEXT NOT NULL,
    authority TEXT NOT NULL,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    email TEXT,
    phone TEXT
);

CREATE TABLE school_group (
    id TEXT PRIMARY KEY,
    establishment_id TEXT NOT NULL REFERENCES establishment (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    year BIGINT NOT NULL,
    UNIQUE (establishment_id, year, kind, name)
);

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    birth_date TEXT,
    email TEXT,
    phone TEXT,
    civic_number TEXT,
    join_key TEXT UNIQUE,
    pupil_number TEXT UNIQUE,
    -- further standard claims of OpenID Connect Core §5.1, as one JSON object
    details TEXT NOT NULL DEFAULT '{}',
    updated_at BIGINT NOT NULL
);
CREATE INDEX person_by_name ON person (sort_name);

CREATE TABLE affiliation (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    profile TEXT NOT NULL,
    establishment_id TEXT NOT NULL REFERENCES establishment (id),
    function TEXT,
    PRIMARY KEY (person_id, profile, establishment_id)
);
CREATE INDEX affiliation_by_establishment ON affiliation (establishment_id, profile);

CREATE TABLE membership (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL REFERENCES school_group (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, group_id, role)
);
CREATE INDEX membership_by_group ON membership (group_id);

CREATE TABLE guardianship (
    guardian_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    pupil_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    standing TEXT NOT NULL,
    PRIMARY KEY (guardian_id, pupil_id)
);
CREATE INDEX guardianship_by_pupil ON guardianship (pupil_id);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
    identifier TEXT NOT NULL,
    identifier_folded TEXT NOT NULL UNIQUE,
    email TEXT,
    email_folded TEXT,
    -- none | letter | confirming | own
    credential TEXT NOT NULL,
    password_hash TEXT,
    letter_expires_at BIGINT,
    confirming_email TEXT,
    suspended_at BIGINT,
    suspension_reason TEXT,
    -- on_roster | departing | archived
    presence TEXT NOT NULL,
    presence_since BIGINT,
    language TEXT NOT NULL,
    valid_since BIGINT NOT NULL,
    CHECK ((credential = 'none') = (password_hash IS NULL)),
    CHECK ((credential = 'letter') = (letter_expires_at IS NOT NULL)),
    CHECK ((credential = 'confirming') = (confirming_email IS NOT NULL)),
    CHECK ((presence = 'on_roster') = (presence_since IS NULL)),
    CHECK ((suspended_at IS NULL) = (suspension_reason IS NULL))
);
CREATE INDEX account_by_email ON account (email_folded);

-- What a service knows a person by: per account and sector, random, kept for ever.
CREATE TABLE subject (
    account_id TEXT NOT NULL REFERENCES account (id),
    sector TEXT NOT NULL,
    subject TEXT NOT NULL UNIQUE,
    PRIMARY KEY (account_id, sector)
);

CREATE TABLE relying_party (
    id TEXT PRIMARY KEY,
    -- the registered file, as it was understood (JSON of domain::RelyingParty)
    document TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Counters of change, so that a running server sees what a command did.
CREATE TABLE revision (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE interaction (
    id TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    portal TEXT NOT NULL,
    relying_party_id TEXT,
    asked TEXT NOT NULL,
    demands TEXT NOT NULL,
    profile TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX interaction_by_expiry ON interaction (expires_at);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES account (id),
    authenticated_at BIGINT NOT NULL,
    amr TEXT NOT NULL,
    profile TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    idle_ttl BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    remembered BOOLEAN NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE served_party (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    relying_party_id TEXT NOT NULL,
    protocol TEXT NOT NULL,
    service TEXT NOT NULL,
    ticket TEXT,
    served_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, relying_party_id, protocol, service)
);

CREATE TABLE consent (
    account_id TEXT NOT NULL REFERENCES account (id),
    relying_party_id TEXT NOT NULL,
    -- the claims agreed to, as a JSON list
    claims TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, relying_party_id)
);

-- What one authorization code gave. "grant" is a word of SQL.
CREATE TABLE authorization_grant (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    relying_party_id TEXT NOT NULL,
    session_id TEXT,
    code TEXT NOT NULL UNIQUE,
    -- scope, nonce, auth_time and what else the tokens carry (JSON)
    document TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grant_by_account ON authorization_grant (account_id);
CREATE INDEX grant_by_expiry ON authorization_grant (expires_at);

CREATE TABLE token (
    digest TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES authorization_grant (id) ON DELETE CASCADE,
    -- access | refresh
    kind TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX token_by_grant ON token (grant_id);

-- One row per key that failed; a success deletes it, so that a good sign-in writes nothing here.
CREATE TABLE throttle (
    key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    since BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    paused_until BIGINT NOT NULL
);
CREATE INDEX throttle_by_last ON throttle (last_at);

CREATE TABLE known_browser (
    digest TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    given_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (digest, account_id)
);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    account_id TEXT,
    actor_id TEXT,
    acted_by TEXT NOT NULL,
    portal TEXT,
    network TEXT,
    request_id TEXT,
    data TEXT NOT NULL
);
CREATE INDEX audit_by_account ON audit (account_id, at);
CREATE INDEX audit_by_time ON audit (at);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    -- sealed: it carries links and codes
    sealed TEXT NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT,
    message_id TEXT NOT NULL,
    -- waiting | sent | dead
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    last_error TEXT
);
CREATE INDEX outbox_by_turn ON outbox (state, next_at);
