/** The trainer: a fold from the histories of keys to the weights of the shared network, offline and then online. */
@NullMarked
package dev.tidecast.learn;

import org.jspecify.annotations.NullMarked;
