//! Of many who count at once, each is counted; what says nothing any more is taken away.

use super::*;

both! {
    async fn of_forty_who_count_at_once_each_is_counted(fx) {
        let platform = fx.store.platform();
        let (one, other) = (vec![1; 32], vec![2; 32]);
        let all: Vec<_> = (0..40)
            .map(|turn| {
                let platform = platform.clone();
                let both = if turn % 2 == 0 { vec![one.clone(), other.clone()] } else { vec![other.clone(), one.clone()] };
                tokio::spawn(async move {
                    platform.change_tallies(&both, |tallies| {
                        for tally in tallies {
                            tally.counted += 1;
                            tally.forget_at = at(5);
                        }
                    }).await
                })
            })
            .collect();
        for each in all {
            each.await.unwrap().unwrap();
        }
        let found = platform.tallies(&[other.clone(), vec![3; 32], one.clone()]).await.unwrap();
        assert_eq!(found.iter().map(|tally| tally.counted).collect::<Vec<_>>(), [40, 0, 40]);
        assert_eq!(found[1], Tally::nothing(vec![3; 32]));
        assert_eq!(platform.forget_tallies(at(4)).await.unwrap(), 0);
        assert_eq!(platform.forget_tallies(at(5)).await.unwrap(), 2);
        platform.change_tallies(std::slice::from_ref(&one), |_| ()).await.unwrap();
        assert_eq!(platform.forget_tallies(at(9)).await.unwrap(), 0, "what changes nothing writes nothing");
    }
}
