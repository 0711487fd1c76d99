//! Pictures of every page, to be looked at: `scripts/pictures` draws them into `target/pictures`.

use crate::{engine::Sqlite, eye::Eye, post::Post, sepne, tour, world::World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws pictures to be looked at; scripts/pictures runs it"]
async fn pictures() {
    for language in ["fr", "en"] {
        at_the_doors(language).await;
        what_goes_wrong(language).await;
        second_factors(language).await;
        charters(language).await;
        the_queue(language).await;
        the_pupils_reset(language).await;
        help(language).await;
        forgotten(language).await;
    }
}

// A function each: a window is closed before the next one opens, for only so many may be open at a time.

async fn at_the_doors(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::settings).await;
    tour::at_the_door(&world, &mut eye).await;
    tour::of_a_session(&world, &mut eye).await;
}

async fn what_goes_wrong(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::settings).await;
    tour::of_what_goes_wrong(&world, &mut eye).await;
}

async fn second_factors(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::settings).await;
    tour::of_second_factors(&world, &mut eye).await;
}

async fn charters(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::settings).await;
    tour::of_charters(&world, &mut eye).await;
}

async fn the_queue(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::crowded).await;
    tour::of_the_queue(&world, &mut eye).await;
}

async fn the_pupils_reset(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let (world, provider) = sepne::with_sepne(Sqlite, |_| {}).await;
    tour::of_the_pupils_reset(&world, &provider, &mut eye).await;
}

async fn forgotten(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let post = Post::opens().await;
    let world = World::with(Sqlite, |settings| {
        tour::settings(settings);
        settings.mail.smtp.clone_from(&post.url);
    })
    .await;
    tour::of_forgotten(&world, &post, &mut eye).await;
}

async fn help(language: &'static str) {
    let mut eye = Eye::that_draws(language).await;
    let world = World::with(Sqlite, tour::settings).await;
    tour::of_help(&world, &mut eye).await;
}
