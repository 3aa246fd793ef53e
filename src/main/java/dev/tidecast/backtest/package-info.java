/** Prequential evaluation: a data file through the same fold the stream runs, scored and reported. */
@NullMarked
package dev.tidecast.backtest;

import org.jspecify.annotations.NullMarked;
