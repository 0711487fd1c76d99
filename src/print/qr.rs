//! The square to photograph, as rows of dark modules.

use qrcodegen::{QrCode, QrCodeEcc};

/// A square, in modules.
pub(super) struct Square {
    /// Runs of dark ones: column, row, length.
    pub(super) dark: Vec<(u8, u8, u8)>,
    /// How many make a side.
    pub(super) side: u8,
}

/// None where the content is too long for a square.
pub(super) fn square(content: &str) -> Option<Square> {
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).ok()?;
    let side = u8::try_from(code.size()).ok()?;
    let is_dark = |x: u8, y: u8| code.get_module(i32::from(x), i32::from(y));
    let mut dark = Vec::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let length = (x..side).take_while(|x| is_dark(*x, y)).count();
            let length = u8::try_from(length).ok()?;
            if length > 0 {
                dark.push((x, y, length));
            }
            x += length.max(1);
        }
    }
    Some(Square { dark, side })
}
