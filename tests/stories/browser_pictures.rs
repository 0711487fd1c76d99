//! Pictures of every page, to be looked at: `scripts/pictures` draws them into `target/pictures`.

use crate::{engine::Sqlite, eye::Eye, sepne, tour, world::World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws pictures to be looked at; scripts/pictures runs it"]
async fn pictures() {
    for language in ["fr", "en"] {
        let mut eye = Eye::that_draws(language).await;
        let world = World::with(Sqlite, tour::settings).await;
        tour::at_the_door(&world, &mut eye).await;
        tour::of_a_session(&world, &mut eye).await;
        drop(world);
        let mut eye = Eye::that_draws(language).await;
        let world = World::with(Sqlite, tour::settings).await;
        tour::of_what_goes_wrong(&world, &mut eye).await;
        drop(world);
        let mut eye = Eye::that_draws(language).await;
        let world = World::with(Sqlite, tour::settings).await;
        tour::of_second_factors(&world, &mut eye).await;
        drop(world);
        let mut eye = Eye::that_draws(language).await;
        let world = World::with(Sqlite, tour::settings).await;
        tour::of_charters(&world, &mut eye).await;
        drop(world);
        let mut eye = Eye::that_draws(language).await;
        let world = World::with(Sqlite, tour::crowded).await;
        tour::of_the_queue(&world, &mut eye).await;
        drop(world);
        let mut eye = Eye::that_draws(language).await;
        let (world, provider) = sepne::with_sepne(Sqlite, |_| {}).await;
        tour::of_the_pupils_reset(&world, &provider, &mut eye).await;
    }
}
