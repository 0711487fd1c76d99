//! The fair queue before the hashing pool (design §8): who is next, who is refused, and how many are before whom.
//!
//! One first-in-first-out line per network; the networks are served in turn, one each. Bulk work is served when no person
//! waits. Pure: no thread, no clock, no hash.

use std::collections::{HashMap, VecDeque};

use crate::domain::Network;

/// The fewest places that a network has, however short the queue.
const LEAST_SHARE: usize = 8;

/// On whose behalf something is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// A person at a browser, in the turn of their network.
    Person(Network),
    /// Letters and imports: only when no person waits.
    Bulk,
}

/// The queue, or the network's share of it, is full: the answer is a page that says when to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueFull;

/// A place in the queue; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u64);

/// A first-in-first-out line. Its tickets ascend.
type Line<Job> = VecDeque<(Ticket, Job)>;

/// The jobs that wait.
pub(super) struct FairQueue<Job> {
    /// How many jobs of persons may wait; as many bulk jobs as a network's share come on top.
    most: usize,
    /// How many jobs of persons wait.
    people: usize,
    /// Every network that waits, with its line, which is never empty.
    lines: HashMap<Network, Line<Job>>,
    /// The networks of `lines`, in the order of their turns.
    turns: VecDeque<Network>,
    bulk: Line<Job>,
    next: Ticket,
}

impl<Job> FairQueue<Job> {
    /// An empty queue for at most so many jobs of persons.
    pub fn new(most: usize) -> Self {
        Self { most, people: 0, lines: HashMap::new(), turns: VecDeque::new(), bulk: VecDeque::new(), next: Ticket(0) }
    }

    /// A quarter of the queue: what one network may hold, and bulk work.
    fn share(&self) -> usize {
        (self.most / 4).max(LEAST_SHARE)
    }

    /// Puts a job at the end of its line. A network that was not waiting takes its turn after those that are.
    pub fn push(&mut self, class: &Class, job: Job) -> Result<Ticket, QueueFull> {
        let share = self.share();
        let ticket = self.next;
        match class {
            Class::Bulk if self.bulk.len() >= share => return Err(QueueFull),
            Class::Bulk => self.bulk.push_back((ticket, job)),
            Class::Person(network) => {
                let held = self.lines.get(network).map_or(0, VecDeque::len);
                if self.people >= self.most || (held >= share && !network.is_school()) {
                    return Err(QueueFull);
                }
                if held == 0 {
                    self.turns.push_back(network.clone());
                }
                self.lines.entry(network.clone()).or_default().push_back((ticket, job));
                self.people += 1;
            }
        }
        self.next = Ticket(ticket.0 + 1);
        Ok(ticket)
    }

    /// The job whose turn it is; its network goes to the end of the turns.
    pub fn pop(&mut self) -> Option<Job> {
        while let Some(network) = self.turns.pop_front() {
            let Some(line) = self.lines.get_mut(&network) else { continue };
            let job = line.pop_front();
            if line.is_empty() {
                self.lines.remove(&network);
            } else {
                self.turns.push_back(network);
            }
            if let Some((_, job)) = job {
                self.people -= 1;
                return Some(job);
            }
        }
        self.bulk.pop_front().map(|(_, job)| job)
    }

    /// How many jobs wait.
    pub fn len(&self) -> usize {
        self.people + self.bulk.len()
    }

    /// Forgets every job.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.turns.clear();
        self.bulk.clear();
        self.people = 0;
    }

    /// How many waiting jobs would be served before this one if nobody else came; 0 when it is next, being served or done.
    pub fn place(&self, class: &Class, ticket: Ticket) -> usize {
        let Class::Person(network) = class else {
            return find(&self.bulk, ticket).map_or(0, |ahead| self.people + ahead);
        };
        let Some(ahead) = self.lines.get(network).and_then(|line| find(line, ticket)) else { return 0 };
        // Each network whose turn comes earlier is served once more than ours before this job.
        let mut served = ahead + 1;
        let mut place = ahead;
        for other in &self.turns {
            if other == network {
                served = ahead;
            } else {
                place += self.lines.get(other).map_or(0, VecDeque::len).min(served);
            }
        }
        place
    }
}

/// How many stand before a ticket in its line.
fn find<Job>(line: &Line<Job>, ticket: Ticket) -> Option<usize> {
    line.binary_search_by_key(&ticket, |(ticket, _)| *ticket).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(n: u8) -> Network {
        Network::of([192, 0, n, 1].into())
    }

    fn person(n: u8) -> Class {
        Class::Person(network(n))
    }

    #[test]
    fn behind_500_guesses_from_one_network_another_waits_for_two_hashes_at_the_most() {
        let mut queue = FairQueue::new(4000);
        for guess in 0..501 {
            queue.push(&person(1), guess).expect("room");
        }
        let running = queue.pop();
        assert_eq!(running, Some(0), "the first guess is being hashed: one hash to wait for");
        let ticket = queue.push(&person(2), 9000).expect("room");
        assert_eq!(queue.place(&person(2), ticket), 1, "one more");
        assert_eq!([queue.pop(), queue.pop(), queue.pop()], [Some(1), Some(9000), Some(2)]);
    }

    #[test]
    fn networks_are_served_in_turn_and_none_gains_by_coming_back() {
        let mut queue = FairQueue::new(100);
        for job in ["a1", "a2", "a3"] {
            queue.push(&person(1), job).expect("room");
        }
        queue.push(&person(2), "b1").expect("room");
        queue.push(&person(3), "c1").expect("room");
        assert_eq!([queue.pop(), queue.pop()], [Some("a1"), Some("b1")]);
        queue.push(&person(2), "b2").expect("room");
        let rest: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(rest, ["c1", "a2", "b2", "a3"]);
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn a_network_fills_its_share_a_school_the_whole_and_then_all_are_refused() {
        let mut queue = FairQueue::new(40);
        let school = Class::Person(Network::school("198.51.100.0/24"));
        for _ in 0..10 {
            queue.push(&person(1), ()).expect("a quarter");
        }
        assert_eq!(queue.push(&person(1), ()), Err(QueueFull));
        for _ in 0..30 {
            queue.push(&school, ()).expect("the rest");
        }
        assert_eq!(queue.push(&school, ()), Err(QueueFull));
        assert_eq!(queue.push(&person(2), ()), Err(QueueFull));
        queue.pop();
        assert!(queue.push(&person(2), ()).is_ok());
        let mut short = FairQueue::new(4);
        assert_eq!(
            (0..5).filter(|_| short.push(&person(1), ()).is_ok()).count(),
            4,
            "eight, but no more than there are"
        );
    }

    #[test]
    fn bulk_waits_for_every_person_and_takes_no_place_from_them() {
        let mut queue = FairQueue::new(8);
        let bulk = queue.push(&Class::Bulk, 0).expect("room");
        for job in 1..=8 {
            queue.push(&person(1), job).expect("room");
        }
        assert_eq!(queue.place(&Class::Bulk, bulk), 8);
        assert_eq!(std::iter::from_fn(|| queue.pop()).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8, 0]);
        assert_eq!((0..20).filter(|job| queue.push(&Class::Bulk, *job).is_ok()).count(), 8);
    }

    #[test]
    fn the_place_told_is_the_place_served() {
        let mut queue = FairQueue::new(1000);
        let mut tickets = Vec::new();
        for (job, net) in [1, 1, 1, 2, 3, 3, 1, 2, 4, 1, 3, 2, 4, 4, 4, 4].into_iter().enumerate() {
            tickets.push((net, queue.push(&person(net), job).expect("room")));
            if job % 5 == 4 {
                queue.pop();
            }
        }
        let places: Vec<usize> = tickets.iter().map(|(net, ticket)| queue.place(&person(*net), *ticket)).collect();
        let served: Vec<usize> = std::iter::from_fn(|| queue.pop()).collect();
        for (order, job) in served.iter().enumerate() {
            assert_eq!(places.get(*job), Some(&order), "job {job}");
        }
    }
}
