/** The fold: (model, key state, observation) to (key state, forecast, scores), and the bytes it lives in between. */
@NullMarked
package dev.tidecast.forecast;

import org.jspecify.annotations.NullMarked;
