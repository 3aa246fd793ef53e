/** The fold: (model, key state, observation) to (key state, answer), for one key and for all keys of a partition. */
@NullMarked
package dev.tidecast.forecast.fold;

import org.jspecify.annotations.NullMarked;
