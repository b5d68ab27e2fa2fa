// What the page can do beyond what it shows. Every figure, table and link is there without this;
// charts stay the SVG that they came as until something is asked of them.

/**
 * One line of a chart as the page's data has it: run, split, steps, raw values, places on the axis
 * where these are not the steps, the values drawn where they do not follow from the raw ones, how
 * many values each stands for and their means where not all are drawn, how
 * many there are where that is not known, the places without a finite value, and
 * whether it is drawn only, without being read. Two numbers in
 * place of more steps are the first one and the distance of all.
 * @typedef {{r: number, n?: string, t?: string, s: number[], v: number[], x?: number[], m?: number[],
 *   c?: number[], a?: number[], p?: number, b?: number[], q?: number}} Line
 * @typedef {Record<string, unknown[]>} Table
 * @typedef {{box?: number[], x: number[], y: number[], log: boolean, w: number | null,
 *   best?: number[], lines?: Line[], table?: Table | null}} FigureData
 * @typedef {{runs: string[], axis: string, log: boolean,
 *   figures: Record<string, FigureData>}} PageData
 * @typedef {{x: number[], y: number[]}} View
 * @typedef {ReturnType<Chart["read"]>} Series
 */

const SVG = "http://www.w3.org/2000/svg";
const ROWS = 10; // of a readout

/** @type {PageData} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
const scaleX = data.log ? "symlog" : "linear";
/** Runs that are switched off. @type {Set<number>} */
const off = new Set();
/** The weight of smoothing; null for the figures as they came. @type {number | null} */
let weight = null;
/** Where on the x axis all charts show their values; null for nowhere. @type {number | null} */
let cursor = null;
