/** The cells, which are layers as equations, in one small file each, and the catalogue of all cells. */
@NullMarked
package dev.tidecast.nn.cell;

import org.jspecify.annotations.NullMarked;
