//! Pages: what fits, out of a bounded number of rows.

/// How many rows a page looks at, at the most: so that a rare filter costs a bounded time.
const MOST_LOOKED_AT: usize = 1000;
/// How many rows are read at a time, after the first time.
const PIECE: usize = 250;

/// A page.
pub struct Page<T, K> {
    /// What fits.
    pub found: Vec<T>,
    /// The key to go on after; nothing where the rows have ended.
    pub next: Option<K>,
}

/// A row: its key, and what it holds, where this program can read it.
pub type Row<T, K> = (K, Option<T>);

/// Reads a page of at most `limit` values that fit. `read` answers so many rows after a key, in the order of their keys.
/// A row that cannot be read is left out: it keeps nobody from what comes after it.
///
/// # Errors
/// That of the first reading that fails.
pub async fn page<T, K: Copy, F, E>(
    after: Option<K>,
    limit: usize,
    fits: impl Fn(&T) -> bool,
    read: impl Fn(Option<K>, usize) -> F,
) -> Result<Page<T, K>, E>
where
    F: Future<Output = Result<Vec<Row<T, K>>, E>>,
{
    let mut found: Vec<T> = Vec::new();
    let mut last = after;
    let mut to_look_at = MOST_LOOKED_AT;
    // One more than wanted tells whether there is more.
    let mut piece = limit.saturating_add(1).min(to_look_at);
    while piece > 0 {
        let rows = read(last, piece).await?;
        let is_end = rows.len() < piece;
        for (key, value) in rows {
            let fitting = value.filter(&fits);
            if fitting.is_some() && found.len() == limit {
                return Ok(Page { found, next: last });
            }
            last = Some(key);
            found.extend(fitting);
        }
        if is_end {
            return Ok(Page { found, next: None });
        }
        to_look_at -= piece;
        piece = PIECE.min(to_look_at);
    }
    Ok(Page { found, next: last })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks through 0..`end` and answers the pages as (what was found, how many rows were read).
    async fn walk(end: usize, limit: usize, fits: impl Fn(&usize) -> bool) -> Vec<(Vec<usize>, usize)> {
        let mut pages = Vec::new();
        let mut after = None;
        loop {
            let looked_at = std::cell::Cell::new(0);
            let read = |after: Option<usize>, piece: usize| {
                let first = after.map_or(0, |after| after + 1);
                // Every hundredth row is of a later release.
                let value = |number: usize| (number % 100 != 99).then_some(number);
                let rows: Vec<_> = (first..end).take(piece).map(|number| (number, value(number))).collect();
                looked_at.set(looked_at.get() + rows.len());
                async move { Ok::<_, std::convert::Infallible>(rows) }
            };
            let page = page(after, limit, &fits, read).await.unwrap();
            pages.push((page.found, looked_at.get()));
            after = page.next;
            if after.is_none() {
                return pages;
            }
        }
    }

    #[tokio::test]
    async fn pages_end_where_the_rows_do() {
        assert_eq!(walk(0, 2, |_| true).await, [(vec![], 0)]);
        assert_eq!(walk(2, 2, |_| true).await, [(vec![0, 1], 2)]);
        assert_eq!(walk(3, 2, |_| true).await, [(vec![0, 1], 3), (vec![2], 1)]);
    }

    #[tokio::test]
    async fn a_page_looks_at_a_bounded_number_of_rows() {
        let pages = walk(2500, 2, |value| [7, 1998, 2498, 2499].contains(value)).await;
        assert_eq!(
            pages,
            [(vec![7], 1000), (vec![1998], 1000), (vec![2498], 500)],
            "rare ones, and one that cannot be read"
        );
        let pages = walk(2500, 2000, |_| true).await;
        let sizes: Vec<usize> = pages.iter().map(|(found, _)| found.len()).collect();
        assert_eq!(sizes, [990, 990, 495], "more than a page looks at");
    }
}
