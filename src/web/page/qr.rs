//! A QR code as the path of an SVG: dark squares on a light ground, whatever the theme, for a camera reads it.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around it (ISO/IEC 18004 §9.1).
const QUIET: i32 = 4;

/// A QR code to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Modules along a side, the quiet ones included.
    pub side: i32,
    /// One unit square for each dark module.
    pub path: String,
}

impl Picture {
    /// The picture of a text; none where it is too long for any.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let squares = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = squares.filter(|(x, y)| code.get_module(*x, *y));
        let path = dark.fold(String::new(), |mut path, (x, y)| {
            // Writing into a text can't fail.
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
            path
        });
        Some(Self { side: code.size() + 2 * QUIET, path })
    }
}
