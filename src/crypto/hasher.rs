//! Passwords under argon2id (RFC 9106), on a bounded pool of threads behind the fair queue.
//!
//! A stranger costs the same as a friend: whatever is known of an account, a try is exactly one hash. The pool must not
//! know what a password opens, and must not wait for anything but work: who gives up waiting does not stop the hash.

use std::{
    fmt,
    future::Future,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    thread,
};

use argon2::Block;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::{
    Rng,
    argon::{Expected, Recipe},
    queue::{Class, FairQueue, QueueFull, Ticket},
};
use crate::domain::{Fault, Hashing, Network, Password, PasswordHash};

/// What a typed password turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is the one. Never for the decoy.
    pub matches: bool,
    /// Whether it is the one but was hashed with other parameters than today's.
    pub needs_rehash: bool,
}

/// The hashing pool. Clones share it; the last one dropped ends it, and what still waited then fails.
#[derive(Clone)]
pub struct Hasher(Arc<Pool>);

impl Hasher {
    /// Starts the threads.
    ///
    /// # Errors
    /// Parameters that argon2 refuses, or a thread that can't be started.
    pub fn start(hashing: Hashing, rng: Rng) -> Result<Self, Fault> {
        let recipe = Recipe::new(hashing.parameters)?;
        let decoy = recipe.decoy(&rng)?;
        let shared = Arc::new(Shared {
            state: Mutex::new(State { queue: FairQueue::new(hashing.queue), is_closed: false }),
            work: Condvar::new(),
            recipe,
            rng,
            hashed: AtomicU64::new(0),
        });
        // From here on a failure drops the pool, which ends the threads already started.
        let pool = Pool { shared, decoy };
        for number in 1..=workers(hashing.workers) {
            let shared = Arc::clone(&pool.shared);
            thread::Builder::new().name(format!("hash-{number}")).spawn(move || shared.serve()).map_err(|error| {
                Fault::new(format!("hashing thread {number} can't be started: {error}"))
                    .remedy("lower hashing.workers, or raise the limit of threads of the service")
            })?;
        }
        Ok(Self(Arc::new(pool)))
    }

    /// Tries a password: exactly one argon2id, whether anything is known or not, or can be read or not.
    ///
    /// # Errors
    /// The queue or the network's share of it is full.
    pub fn verify(
        &self,
        network: &Network,
        known: Option<&PasswordHash>,
        typed: &Password,
    ) -> Result<Waiting<Verdict>, QueueFull> {
        let parsed = known.and_then(|hash| Expected::parse(hash.as_str()));
        let is_decoy = parsed.is_none();
        let expected = Box::new(parsed.unwrap_or_else(|| self.0.decoy.clone()));
        let (answer, answered) = oneshot::channel();
        let task = Task::Verify { expected, is_decoy, answer };
        self.queue(Class::Person(network.clone()), Job { password: copy(typed), task }, answered)
    }

    /// Hashes a new password with today's parameters and a salt of its own.
    ///
    /// # Errors
    /// The queue, the network's share or the places of bulk work are full.
    pub fn hash(&self, class: Class, password: &Password) -> Result<Waiting<PasswordHash>, QueueFull> {
        let (answer, answered) = oneshot::channel();
        self.queue(class, Job { password: copy(password), task: Task::Hash { answer } }, answered)
    }

    /// How many hashes were computed in all. Tests count them: known and unknown must cost the same.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.shared.hashed.load(Ordering::Relaxed)
    }

    /// How many hashes wait now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.shared.lock().queue.len()
    }

    fn queue<T>(
        &self,
        class: Class,
        job: Job,
        answered: oneshot::Receiver<Result<T, Fault>>,
    ) -> Result<Waiting<T>, QueueFull> {
        let shared = Arc::clone(&self.0.shared);
        let ticket = shared.lock().queue.push(&class, job)?;
        shared.work.notify_one();
        Ok(Waiting { answered, shared, class, ticket })
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("waiting", &self.waiting()).field("count", &self.count()).finish()
    }
}

/// A hash that was asked for. Await it for its outcome; dropping it does not stop the hash.
#[must_use = "the outcome is lost unless it is awaited"]
pub struct Waiting<T> {
    answered: oneshot::Receiver<Result<T, Fault>>,
    shared: Arc<Shared>,
    class: Class,
    ticket: Ticket,
}

impl<T> Waiting<T> {
    /// How many wait before it now; 0 when it is next, being hashed or done. It can grow, when another network comes and
    /// takes its turn.
    #[must_use]
    pub fn place(&self) -> usize {
        self.shared.lock().queue.place(&self.class, self.ticket)
    }
}

/// Where a hash stands, for whoever shows it to the person who waits.
#[derive(Clone)]
pub struct Turn {
    shared: Arc<Shared>,
    class: Class,
    ticket: Ticket,
}

impl Turn {
    /// How many wait before it now; 0 when it is next, being hashed or done.
    #[must_use]
    pub fn place(&self) -> usize {
        self.shared.lock().queue.place(&self.class, self.ticket)
    }
}

impl<T> Waiting<T> {
    /// A handle on its place that outlives the wait.
    #[must_use]
    pub fn turn(&self) -> Turn {
        Turn { shared: self.shared.clone(), class: self.class.clone(), ticket: self.ticket }
    }
}

impl<T> Future for Waiting<T> {
    type Output = Result<T, Fault>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.answered).poll(context).map(|answered| {
            answered.unwrap_or_else(|_| Err(Fault::new("the hashing pool stopped before it came to this password")))
        })
    }
}

impl<T> fmt::Debug for Waiting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting").field("place", &self.place()).finish_non_exhaustive()
    }
}

/// What the handles hold together; its end is the threads' end.
struct Pool {
    shared: Arc<Shared>,
    /// Tried where there is nothing to try: under today's parameters, and matched by nothing.
    decoy: Expected,
}

impl Drop for Pool {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_closed = true;
        state.queue.clear();
        drop(state);
        self.shared.work.notify_all();
    }
}

/// What handles and threads share.
struct Shared {
    state: Mutex<State>,
    work: Condvar,
    recipe: Recipe,
    rng: Rng,
    hashed: AtomicU64,
}

struct State {
    queue: FairQueue<Job>,
    is_closed: bool,
}

/// A password to hash, wiped when done, and what for.
struct Job {
    password: Zeroizing<Vec<u8>>,
    task: Task,
}

enum Task {
    Verify { expected: Box<Expected>, is_decoy: bool, answer: oneshot::Sender<Result<Verdict, Fault>> },
    Hash { answer: oneshot::Sender<Result<PasswordHash, Fault>> },
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread's life: one job after the other until the pool ends. Its memory is kept, so that no hash pays for fresh pages.
    fn serve(&self) {
        let mut memory = Vec::new();
        while let Some(job) = self.next() {
            // A panic loses that one answer (the receiver learns it), not the thread.
            let _ = catch_unwind(AssertUnwindSafe(|| self.run(job, &mut memory)));
        }
    }

    /// Sleeps until there is a job; none when the pool ended.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(job) = state.queue.pop() {
                return Some(job);
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn run(&self, job: Job, memory: &mut Vec<Block>) {
        // Counted before the answer goes out, so that who has the answer sees the count.
        self.hashed.fetch_add(1, Ordering::Relaxed);
        match job.task {
            Task::Verify { expected, is_decoy, answer } => {
                let verdict = expected.matches(&job.password, memory).map(|matches| {
                    let matches = matches && !is_decoy;
                    Verdict { matches, needs_rehash: matches && !self.recipe.made(&expected) }
                });
                // Nobody listens any more: the hash was spent all the same.
                let _ = answer.send(verdict);
            }
            Task::Hash { answer } => {
                let _ = answer.send(self.recipe.hash(&job.password, &self.rng.bytes(), memory));
            }
        }
    }
}

/// The threads for a setting: 0 stands for one less than the machine's cores, at least one.
fn workers(setting: usize) -> usize {
    if setting > 0 { setting } else { thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1) }
}

fn copy(password: &Password) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(password.reveal().as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::HashParameters;

    fn hashing(passes: u32, queue: usize) -> Hashing {
        let parameters = HashParameters { memory_kib: 64, passes, lanes: 1 };
        Hashing { parameters, workers: 1, queue, patience: std::time::Duration::from_secs(8) }
    }

    fn hasher(passes: u32) -> Hasher {
        Hasher::start(hashing(passes, 100), Rng::seeded(1)).expect("a pool")
    }

    fn network() -> Network {
        Network::of([192, 0, 2, 1].into())
    }

    fn password(text: &str) -> Password {
        Password::typed(text).expect("a password")
    }

    /// A pool whose threads have ended, so that what is queued stays queued.
    fn idle(queue: usize) -> Hasher {
        let recipe = Recipe::new(hashing(1, queue).parameters).expect("parameters");
        let decoy = recipe.decoy(&Rng::seeded(1)).expect("a decoy");
        let state = Mutex::new(State { queue: FairQueue::new(queue), is_closed: false });
        let shared = Shared { state, work: Condvar::new(), recipe, rng: Rng::seeded(1), hashed: AtomicU64::new(0) };
        Hasher(Arc::new(Pool { shared: Arc::new(shared), decoy }))
    }

    #[tokio::test]
    async fn a_stranger_costs_one_hash_like_a_friend() {
        let hasher = hasher(1);
        let known = hasher.hash(Class::Bulk, &password("étoile 4 lune")).expect("room").await.expect("a hash");
        let unreadable = PasswordHash::new("!");
        for (hash, typed, matches) in [
            (Some(&known), "étoile 4 lune", true),
            (Some(&known), "autre", false),
            (Some(&unreadable), "étoile 4 lune", false),
            (None, "étoile 4 lune", false),
        ] {
            let before = hasher.count();
            let verdict = hasher.verify(&network(), hash, &password(typed)).expect("room").await.expect("a verdict");
            assert_eq!(verdict, Verdict { matches, needs_rehash: false });
            assert_eq!(hasher.count(), before + 1);
        }
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_still_opens_and_asks_to_be_renewed() {
        let typed = password("étoile 4 lune");
        let old = hasher(2).hash(Class::Person(network()), &typed).expect("room").await.expect("a hash");
        let verdict = hasher(1).verify(&network(), Some(&old), &typed).expect("room").await.expect("a verdict");
        assert_eq!(verdict, Verdict { matches: true, needs_rehash: true });
        let wrong = hasher(1).verify(&network(), Some(&old), &password("x")).expect("room").await.expect("a verdict");
        assert_eq!(wrong, Verdict { matches: false, needs_rehash: false });
    }

    #[tokio::test]
    async fn the_salt_differs_each_time() {
        let hasher = hasher(1);
        let one = hasher.hash(Class::Bulk, &password("a")).expect("room").await.expect("a hash");
        let other = hasher.hash(Class::Bulk, &password("a")).expect("room").await.expect("a hash");
        assert_ne!(one, other);
    }

    #[tokio::test]
    async fn who_stops_waiting_does_not_stop_the_hash() {
        let hasher = hasher(1);
        drop(hasher.verify(&network(), None, &password("a")).expect("room"));
        hasher.verify(&network(), None, &password("b")).expect("room").await.expect("a verdict");
        assert_eq!((hasher.count(), hasher.waiting()), (2, 0));
    }

    #[tokio::test]
    async fn the_queue_is_bounded_and_its_end_is_told() {
        let hasher = idle(16);
        let mut waiting = Vec::new();
        for place in 0..8 {
            let one = hasher.verify(&network(), None, &password("a")).expect("a quarter, at least eight");
            assert_eq!(one.place(), place);
            waiting.push(one);
        }
        assert!(hasher.verify(&network(), None, &password("a")).is_err());
        let other = Network::of([192, 0, 3, 1].into());
        let neighbour = hasher.verify(&other, None, &password("a")).expect("another network has its own share");
        assert_eq!((neighbour.place(), hasher.waiting()), (1, 9));
        drop(hasher);
        assert!(neighbour.await.is_err());
    }
}
