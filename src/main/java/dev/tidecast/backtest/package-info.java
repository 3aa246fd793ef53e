/** Runs a data file through the same fold as the stream, scores the forecasts and writes the report. */
@NullMarked
package dev.tidecast.backtest;

import org.jspecify.annotations.NullMarked;
