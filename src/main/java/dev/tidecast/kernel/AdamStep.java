package dev.tidecast.kernel;

/**
 * The constants of one pass of Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + ((1 - beta2) g) g
 * w = keep w - rate m / (√(correction v) + epsilon)
 * </pre>
 *
 * {@code rate} = learning rate / (1 - beta1^t), {@code correction} = 1 / (1 - beta2^t), {@code keep} = 1 - learning rate
 * × decay.
 */
public record AdamStep(float beta1, float beta2, float rate, float correction, float epsilon, float keep) {}
