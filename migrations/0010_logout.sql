-- Services that are still to be told of the end of a session: written in the transaction that ends it, told at least once.
CREATE TABLE logout_notice (
    sid TEXT NOT NULL,
    relying_party_id TEXT NOT NULL,
    protocol TEXT NOT NULL,
    service TEXT NOT NULL,
    -- the CAS ticket by which the service knows the session
    ticket TEXT,
    account_id TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    PRIMARY KEY (sid, relying_party_id, protocol, service)
);
CREATE INDEX logout_notice_by_time ON logout_notice (next_at);
