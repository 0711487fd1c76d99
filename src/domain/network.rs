//! Where a request comes from, as throttles and queues count it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// A visitor's network: the IPv4 /24, the IPv6 /56, or the name of a configured school network (design §8).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Network(String);

impl Network {
    /// The network that an address lies in when no school claims it. IPv4-mapped IPv6 counts as IPv4.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self(format!("{}/24", Ipv4Addr::new(a, b, c, 0)))
            }
            IpAddr::V6(v6) => {
                let masked = v6.to_bits() & (u128::MAX << 72);
                Self(format!("{}/56", Ipv6Addr::from_bits(masked)))
            }
        }
    }

    /// A school's network, by the text of its setting.
    #[must_use]
    pub fn school(cidr: &str) -> Self {
        Self(format!("school {cidr}"))
    }

    /// Whether it is a configured school network.
    #[must_use]
    pub fn is_school(&self) -> bool {
        self.0.starts_with("school ")
    }

    /// Its text: the key of counters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
