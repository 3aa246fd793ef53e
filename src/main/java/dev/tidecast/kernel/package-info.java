/** The numeric loops: products, activations and least squares. The order of every floating-point operation is fixed. */
@NullMarked
package dev.tidecast.kernel;

import org.jspecify.annotations.NullMarked;
