use super::*;

#[tokio::test]
async fn a_fault_of_the_program_in_one_piece_of_work_ends_no_other() {
    let mut done = Vec::new();
    for piece in [1, 2, 3] {
        let work = async move {
            tokio::task::yield_now().await;
            assert_ne!(piece, 2, "a fault in a rule");
            Ok(piece)
        };
        done.push(unbroken(work).await.is_ok());
    }
    assert_eq!(done, [true, false, true]);
}
