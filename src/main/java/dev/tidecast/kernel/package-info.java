/** The loops: products, activations and least squares, with one fixed order of every floating-point operation. */
@NullMarked
package dev.tidecast.kernel;

import org.jspecify.annotations.NullMarked;
