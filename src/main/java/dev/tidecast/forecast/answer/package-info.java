/** What a forecaster says: forecasts and scores, and how both are written as JSON. */
@NullMarked
package dev.tidecast.forecast.answer;

import org.jspecify.annotations.NullMarked;
