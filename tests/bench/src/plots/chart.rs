//! Lines over two axes, and bars, as SVG.
//!
//! Logarithms are taken here and not by the library, so that all axes are of one type; lines are named at their ends
//! and not in a box.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use plotters::{
    coord::ranged1d::{DefaultFormatting, KeyPointHint},
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use crate::report::number;

const SIZE: (u32, u32) = (860, 440);
/// For the names of lines.
const RIGHT: i32 = 210;
const FONT: &str = "sans-serif";
const INK: RGBColor = RGBColor(0x33, 0x33, 0x33);
const GREY: RGBColor = RGBColor(0x8a, 0x8a, 0x8a);
const FAINT: RGBColor = RGBColor(0xe4, 0xe4, 0xe4);
const GOOD: RGBColor = RGBColor(0x2a, 0x8f, 0x4e);
const BAD: RGBColor = RGBColor(0xc6, 0x4a, 0x3a);

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    First,
    Second,
    Third,
    Fourth,
    /// The limit that stands beside it.
    Limit,
    /// One of several limits.
    Quiet,
    Goal,
}

impl Look {
    const fn colour(self) -> RGBColor {
        match self {
            Self::First => RGBColor(0x1f, 0x5f, 0xbf),
            Self::Second => RGBColor(0xc4, 0x6a, 0x12),
            Self::Third => RGBColor(0x7a, 0x3f, 0xa8),
            Self::Fourth => RGBColor(0x0f, 0x86, 0x86),
            Self::Limit | Self::Quiet => GREY,
            Self::Goal => GOOD,
        }
    }

    const fn width(self) -> u32 {
        match self {
            Self::Quiet | Self::Goal => 1,
            _ => 2,
        }
    }
}

/// A line of a chart.
pub(crate) struct Line {
    name: String,
    look: Look,
    points: Vec<(f64, f64)>,
}

impl Line {
    pub(crate) fn new(name: impl Into<String>, look: Look, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.into(), look, points }
    }
}

/// An axis, with its unit.
pub(crate) struct Axis {
    label: &'static str,
    is_log: bool,
}

impl Axis {
    pub(crate) const fn log(label: &'static str) -> Self {
        Self { label, is_log: true }
    }

    pub(crate) const fn plain(label: &'static str) -> Self {
        Self { label, is_log: false }
    }

    fn place(&self, value: f64) -> f64 {
        if self.is_log { value.log10() } else { value }
    }

    fn told(&self, place: f64) -> String {
        let value = if self.is_log { 10_f64.powf(place) } else { place };
        let short = |value: f64, unit: &str| {
            let digits = number(value);
            let digits = if digits.contains('.') {
                digits.trim_end_matches('0').trim_end_matches('.')
            } else {
                &digits
            };
            format!("{digits}{unit}")
        };
        match value {
            value if value >= 999_999.0 => short(value / 1e6, " M"),
            value if value >= 9_999.9 => short(value / 1e3, " k"),
            value if value > 0.0 && value < 0.01 => {
                format!("{value:.4}").trim_end_matches('0').to_owned()
            }
            value => short(value, ""),
        }
    }

    /// Where numbers stand on an axis from `low` to `high`, in values.
    fn ticks(&self, low: f64, high: f64) -> Vec<f64> {
        if !self.is_log {
            let step = nice((high - low) / 6.0);
            return (0..=20).map(|at| f64::from(at) * step).filter(|at| *at <= high).collect();
        }
        let decades = (low.log10().floor() as i32)..=(high.log10().ceil() as i32);
        let wide = high / low > 2_000.0;
        let steps: &[f64] = if wide { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let all = decades.flat_map(|ten| steps.iter().map(move |step| step * 10_f64.powi(ten)));
        all.filter(|at| *at >= low && *at <= high).collect()
    }
}

/// A range with its ticks.
struct Ticked(Range<f64>, Vec<f64>);

impl Ranged for Ticked {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = (value - self.0.start) / (self.0.end - self.0.start);
        limit.0 + (share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.1.clone()
    }

    fn range(&self) -> Range<f64> {
        self.0.clone()
    }
}

/// 1, 2 or 5 with zeros, at least this much.
fn nice(step: f64) -> f64 {
    let ten = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|one| one * ten).find(|one| *one >= step).unwrap_or(step)
}

/// Lines over two axes.
pub(crate) struct Chart {
    pub(crate) file: &'static str,
    pub(crate) title: &'static str,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) lines: Vec<Line>,
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

impl Chart {
    /// Writes the file into the folder.
    pub(crate) fn draw(mut self, folder: &Path) -> PathBuf {
        let has_place = |axis: &Axis, value: f64| value > 0.0 || !axis.is_log;
        for line in &mut self.lines {
            line.points.retain(|(x, y)| has_place(&self.x, *x) && has_place(&self.y, *y));
        }
        let file = folder.join(self.file);
        let root = SVGBackend::new(&file, SIZE).into_drawing_area();
        root.fill(&WHITE).unwrap();
        let drawn: Vec<&Line> = self.lines.iter().filter(|line| !line.points.is_empty()).collect();
        let points = || drawn.iter().flat_map(|line| line.points.iter());
        let (left, right) = bounds(points().map(|(x, _)| *x));
        let (low, high) = bounds(points().map(|(_, y)| *y));
        let (low, high) = if self.y.is_log { (low / 1.4, high * 1.4) } else { (0.0, high * 1.15) };
        let x_ticks = self.marks();
        let place = |axis: &Axis, values: &[f64]| -> Vec<f64> {
            values.iter().map(|value| axis.place(*value)).collect()
        };
        let (x_keys, y_keys) = (place(&self.x, &x_ticks), place(&self.y, &self.y.ticks(low, high)));
        let edge = (self.x.place(right) - self.x.place(left)).max(0.1) * 0.03;
        let x_range = self.x.place(left) - edge..self.x.place(right) + edge;
        let y_range = self.y.place(low)..self.y.place(high);
        let mut chart = ChartBuilder::on(&root)
            .margin(14)
            .margin_right(RIGHT)
            .caption(self.title, (FONT, 19).into_font().color(&INK))
            .x_label_area_size(46)
            .y_label_area_size(66)
            .build_cartesian_2d(Ticked(x_range, x_keys), Ticked(y_range, y_keys))
            .unwrap();
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(FAINT)
            .axis_style(GREY)
            .x_labels(20)
            .y_labels(20)
            .label_style((FONT, 13).into_font().color(&INK))
            .axis_desc_style((FONT, 14).into_font().color(&INK))
            .x_desc(self.x.label)
            .y_desc(self.y.label)
            .x_label_formatter(&|x| self.x.told(*x))
            .y_label_formatter(&|y| self.y.told(*y))
            .draw()
            .unwrap();
        let mut ends = Vec::new();
        for line in drawn {
            let style = line.look.colour().stroke_width(line.look.width());
            let places: Vec<(f64, f64)> =
                line.points.iter().map(|(x, y)| (self.x.place(*x), self.y.place(*y))).collect();
            if let Some(last) = places.last() {
                ends.push((chart.backend_coord(last), line));
            }
            if line.look == Look::Goal {
                let dashes = DashedLineSeries::new(places.iter().copied(), 6, 4, style);
                chart.draw_series(dashes).unwrap();
            } else {
                chart.draw_series(LineSeries::new(places.iter().copied(), style)).unwrap();
            }
            let dots = places.iter().map(|at| Circle::new(*at, 3, line.look.colour().filled()));
            chart.draw_series(dots).unwrap();
        }
        name_lines(&root, ends);
        root.present().unwrap();
        drop((chart, root));
        file
    }

    /// Where there are points.
    fn marks(&self) -> Vec<f64> {
        let mut marks: Vec<f64> =
            self.lines.iter().flat_map(|line| line.points.iter().map(|(x, _)| *x)).collect();
        marks.sort_by(f64::total_cmp);
        // Points that stand closer than their numbers are wide share one.
        marks.dedup_by(|one, other| *one < *other * 1.3);
        marks
    }
}

/// Writes each line's name beside its end, no two over each other.
fn name_lines(
    root: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    mut ends: Vec<((i32, i32), &Line)>,
) {
    const APART: i32 = 16;
    ends.sort_by_key(|((_, y), _)| *y);
    let mut last = i32::MIN / 2;
    let over = ends.len() as i32 * APART;
    let right = ends.iter().map(|((x, _), _)| *x).max().unwrap_or(0) + 12;
    for ((_, y), line) in ends {
        let y = y.max(last + APART).min(SIZE.1 as i32 - 50).max(30).min(SIZE.1 as i32 + over);
        last = y;
        let style = (FONT, 13).into_font().color(&line.look.colour());
        let style = style.pos(Pos::new(HPos::Left, VPos::Center));
        root.draw(&Text::new(line.name.clone(), (right, y), style)).unwrap();
    }
}

/// A bar with its name and what it says.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: f64,
    pub(crate) told: String,
    pub(crate) is_good: bool,
}

/// Bars from left to right, one below the other.
pub(crate) struct Bars {
    pub(crate) file: &'static str,
    pub(crate) title: &'static str,
    pub(crate) bars: Vec<Bar>,
    /// Where the goal is; bars that miss it are red. Without one, good is what is ours.
    pub(crate) goal: Option<f64>,
}

impl Bars {
    pub(crate) fn draw(self, folder: &Path) -> PathBuf {
        const ROW: i32 = 34;
        const TOP: i32 = 56;
        const FROM: i32 = 330;
        const LENGTH: f64 = 270.0;
        let file = folder.join(self.file);
        let height = TOP + ROW * self.bars.len() as i32 + 24;
        let root = SVGBackend::new(&file, (SIZE.0, height as u32)).into_drawing_area();
        root.fill(&WHITE).unwrap();
        let style = |size: i32, colour: &RGBColor, side: HPos| {
            (FONT, size).into_font().color(colour).pos(Pos::new(side, VPos::Center))
        };
        let title = Text::new(self.title, (16, 24), style(17, &INK, HPos::Left));
        root.draw(&title).unwrap();
        let longest = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        // A goal met many times over would make all the others invisible.
        let most = self.goal.map_or(longest, |goal| longest.min(goal * 2.5));
        let length = |value: f64| (value.min(most) / most * LENGTH) as i32;
        for (bar, at) in self.bars.iter().zip(0..) {
            let middle = TOP + ROW * at + ROW / 2;
            let colour = match (bar.is_good, self.goal) {
                (true, Some(_)) => GOOD,
                (false, Some(_)) => BAD,
                (true, None) => Look::First.colour(),
                (false, None) => GREY,
            };
            let end = FROM + length(bar.value).max(2);
            let shape = Rectangle::new([(FROM, middle - 10), (end, middle + 10)], colour.filled());
            root.draw(&shape).unwrap();
            let label = style(13, &INK, HPos::Right);
            root.draw(&Text::new(bar.label.clone(), (FROM - 10, middle), label)).unwrap();
            let told = style(13, &INK, HPos::Left);
            // Beside the goal's line, not across it.
            let end = self.goal.map_or(end, |goal| end.max(FROM + length(goal)));
            root.draw(&Text::new(bar.told.clone(), (end + 8, middle), told)).unwrap();
        }
        if let Some(goal) = self.goal {
            let x = FROM + length(goal);
            for y in (TOP..height - 24).step_by(9) {
                let dash = PathElement::new(vec![(x, y), (x, y + 5)], INK.stroke_width(1));
                root.draw(&dash).unwrap();
            }
        }
        root.present().unwrap();
        drop(root);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bench that counted nothing in its short time once kept this busy for minutes: the logarithm of 0.
    #[test]
    fn what_has_no_place_on_an_axis_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let points = vec![(1.0, 0.0), (10.0, 100.0), (100.0, 1_000.0)];
        let file = Chart {
            file: "chart.svg",
            title: "rates",
            x: Axis::log("clients"),
            y: Axis::log("per second"),
            lines: vec![Line::new("relay", Look::First, points)],
        }
        .draw(folder.path());
        assert_eq!(std::fs::read_to_string(file).unwrap().matches("<circle").count(), 2);
    }

    #[test]
    fn axes_are_told_in_short_numbers() {
        let axis = Axis::log("x");
        for (value, told) in
            [(1.0, "1"), (1_000.0, "1,000"), (20_000.0, "20 k"), (1e6, "1 M"), (0.1, "0.1")]
        {
            assert_eq!(axis.told(axis.place(value)), told);
        }
        assert_eq!(Axis::log("y").ticks(10.0, 100.0), [10.0, 20.0, 50.0, 100.0]);
        assert_eq!(Axis::plain("y").ticks(0.0, 55.0), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
    }
}
