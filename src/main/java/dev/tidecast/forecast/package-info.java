/** The fold: (model, key state, observation) to (key state, forecast, scores), and the bytes that keep its state. */
@NullMarked
package dev.tidecast.forecast;

import org.jspecify.annotations.NullMarked;
