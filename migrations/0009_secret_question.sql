-- Secret questions: which one of the list, and the answer's argon2id hash. The mailbox is always the second proof.
CREATE TABLE secret_question (
    account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
