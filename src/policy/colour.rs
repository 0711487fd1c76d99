//! Colours that can be read: what WCAG 2.2 counts as contrast.

/// What a portal's colours stand on: each must reach `LEAST_CONTRAST` on all of its grounds (the shared look, "Tokens").
pub const GROUNDS_BY_DAY: [&str; 1] = ["#ffffff"];
/// The sheet by night, and the text on a button.
pub const GROUNDS_BY_NIGHT: [&str; 2] = ["#1b2621", "#10201a"];
/// For text (WCAG 2.2, 1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// The contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio"); none where one is no colour.
#[must_use]
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126_f64.mul_add(channel(0)?, 0.7152_f64.mul_add(channel(2)?, 0.0722 * channel(4)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_counted_as_wcag_does() {
        let rounded = |one, other| contrast(one, other).map(|ratio| (ratio * 100.0).round() / 100.0);
        assert_eq!(rounded("#000000", "#ffffff"), Some(21.0));
        assert_eq!(rounded("#ffffff", "#767676"), Some(4.54));
        assert_eq!(rounded("#1f5d4c", "#1f5d4c"), Some(1.0));
        assert_eq!(
            [rounded("red", "#ffffff"), rounded("#12345g", "#ffffff"), rounded("#é12345", "#ffffff")],
            [None; 3]
        );
    }
}
