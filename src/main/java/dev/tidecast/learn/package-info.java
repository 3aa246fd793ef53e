/** The trainer fold: histories of keys in, weights of the shared network out; offline and going on online. */
@NullMarked
package dev.tidecast.learn;

import org.jspecify.annotations.NullMarked;
