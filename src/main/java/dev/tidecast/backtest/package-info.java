/** Prequential evaluation: a data file through the same fold the stream runs, scored, reported, held against what is published. */
@NullMarked
package dev.tidecast.backtest;

import org.jspecify.annotations.NullMarked;
