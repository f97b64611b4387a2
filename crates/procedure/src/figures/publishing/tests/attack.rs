//! What follows from sums that are known, found by linear programming: how small and how large an unknown count can be.

use std::ops::Range;

const ZERO: f64 = 1e-9;

/// A count as it is reckoned with.
pub(super) fn float(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// Equations over the counts of rows in months, none of which is negative.
pub(super) struct Knowledge {
    months: usize,
    unknowns: usize,
    equations: Vec<Vec<f64>>,
}

/// The same equations, with one way to fulfil them.
pub(super) struct Settled {
    months: usize,
    unknowns: usize,
    /// Each with what it comes to at its end, and solved for one unknown.
    equations: Vec<Vec<f64>>,
    solved: Vec<usize>,
}

impl Knowledge {
    pub(super) fn of(rows: usize, months: usize) -> Self {
        let (unknowns, equations) = (rows * months, Vec::new());
        Self {
            months,
            unknowns,
            equations,
        }
    }

    fn add(&mut self, rows: Range<usize>, months: &[usize], times: f64, equation: &mut [f64]) {
        for row in rows {
            for month in months {
                equation[row * self.months + month] += times;
            }
        }
    }

    /// Two ranges of rows divide the same complaints.
    pub(super) fn are_equal(&mut self, month: usize, one: Range<usize>, other: Range<usize>) {
        let mut equation = vec![0.0; self.unknowns + 1];
        self.add(one, &[month], 1.0, &mut equation);
        self.add(other, &[month], -1.0, &mut equation);
        self.equations.push(equation);
    }

    /// So many there are.
    pub(super) fn is(&mut self, rows: Range<usize>, months: &[usize], count: u64) {
        let mut equation = vec![0.0; self.unknowns + 1];
        self.add(rows, months, 1.0, &mut equation);
        equation[self.unknowns] = float(count);
        self.equations.push(equation);
    }

    /// Finds one way to fulfil all of it: each equation gets something of its own that is wrong with it, and that is made
    /// nothing.
    pub(super) fn settled(self) -> Settled {
        let (unknowns, many) = (self.unknowns, self.equations.len());
        let mut equations = self.equations;
        let mut wrong = vec![0.0; unknowns + many + 1];
        for (at, equation) in equations.iter_mut().enumerate() {
            let sum = equation.pop().unwrap();
            equation.resize(unknowns + many, 0.0);
            equation[unknowns + at] = 1.0;
            equation.push(sum);
            for (column, value) in equation.iter().enumerate() {
                if !(unknowns..unknowns + many).contains(&column) {
                    wrong[column] -= value;
                }
            }
        }
        let mut solved: Vec<usize> = (unknowns..unknowns + many).collect();
        let open = unknowns;
        assert!(improve(&mut equations, &mut solved, &mut wrong, open));
        assert!(wrong[unknowns + many].abs() < 1e-6, "the truth fulfils it");
        drive_out(&mut equations, &mut solved, unknowns);
        let equations = equations.into_iter().map(|mut equation| {
            let sum = equation.pop().unwrap();
            equation.truncate(unknowns);
            equation.push(sum);
            equation
        });
        let (months, equations) = (self.months, equations.collect());
        Settled {
            months,
            unknowns,
            equations,
            solved,
        }
    }
}

impl Settled {
    /// The least and the most that these can be together.
    pub(super) fn bounds(&self, rows: Range<usize>, months: &[usize]) -> (f64, f64) {
        let most = |sign: f64| {
            let mut gain = vec![0.0; self.unknowns + 1];
            for row in rows.clone() {
                for month in months {
                    gain[row * self.months + month] = -sign;
                }
            }
            let (mut equations, mut solved) = (self.equations.clone(), self.solved.clone());
            for (equation, unknown) in equations.iter().zip(&solved) {
                let times = gain[*unknown];
                for (place, value) in gain.iter_mut().zip(equation) {
                    *place -= times * value;
                }
            }
            let is_bounded = improve(&mut equations, &mut solved, &mut gain, self.unknowns);
            if is_bounded {
                gain[self.unknowns]
            } else {
                f64::INFINITY
            }
        };
        (-most(-1.0), most(1.0))
    }
}

/// Pivots until nothing more is gained by an unknown below `open`, always the first that gains, so that it ends; `false` where
/// there is no bound.
fn improve(
    equations: &mut [Vec<f64>],
    solved: &mut [usize],
    gain: &mut [f64],
    open: usize,
) -> bool {
    while let Some(enters) = (0..open).find(|at| gain[*at] < -ZERO) {
        let sum = gain.len() - 1;
        let mut leaves: Option<(f64, usize, usize)> = None;
        for (at, equation) in equations.iter().enumerate() {
            if equation[enters] > ZERO {
                let one = (equation[sum] / equation[enters], solved[at], at);
                let is_first = leaves.is_none_or(|least| {
                    one.0 < least.0 - ZERO || (one.0 < least.0 + ZERO && one.1 < least.1)
                });
                if is_first {
                    leaves = Some(one);
                }
            }
        }
        let Some((_, _, leaves)) = leaves else {
            return false;
        };
        solve_for(equations, solved, leaves, enters);
        let times = gain[enters];
        for (place, value) in gain.iter_mut().zip(&equations[leaves]) {
            *place -= times * value;
        }
    }
    true
}

fn solve_for(equations: &mut [Vec<f64>], solved: &mut [usize], at: usize, unknown: usize) {
    let by = equations[at][unknown];
    for value in &mut equations[at] {
        *value /= by;
    }
    let chosen = equations[at].clone();
    for (other, equation) in equations.iter_mut().enumerate() {
        let times = equation[unknown];
        if other != at && times != 0.0 {
            for (place, value) in equation.iter_mut().zip(&chosen) {
                *place -= times * value;
            }
        }
    }
    solved[at] = unknown;
}

/// What was wrong with an equation is solved for no more; an equation that says nothing new is left out.
fn drive_out(equations: &mut Vec<Vec<f64>>, solved: &mut Vec<usize>, unknowns: usize) {
    let mut at = 0;
    while at < equations.len() {
        if solved[at] < unknowns {
            at += 1;
            continue;
        }
        let known = (0..unknowns).find(|unknown| equations[at][*unknown].abs() > 1e-7);
        if let Some(unknown) = known {
            solve_for(equations, solved, at, unknown);
            at += 1;
        } else {
            equations.remove(at);
            solved.remove(at);
        }
    }
}
