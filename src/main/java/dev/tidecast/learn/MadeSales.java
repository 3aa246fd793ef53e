package dev.tidecast.learn;

import java.util.Arrays;

/**
 * Daily sales of one product after another, each of a kind of its own:
 *
 * <pre>
 *   ln mean(t) = ln level + ln week(t) + year(t) + path(t) + launch(t) + events(t)
 *   path       slopes that change once in months and fade, steps that stay, an autoregression that wanders
 *   events     promotions of some days with a dip behind them, single days that stand out
 *   y(t)       Poisson(mean × gamma), or parcels: Poisson(mean / size) parcels of 1 + Poisson(size - 1);
 *              0 while there is no stock
 * </pre>
 *
 * Levels are uniform in their logarithm over four orders of magnitude; most weeks are best at their end. A series begins
 * with its first sale; later, where nothing is sold, most say nothing and some say 0.
 */
final class MadeSales implements Synthesis.Maker {
    private static final double YEAR = 365.25;
    private static final double LEAST = .04;
    private static final double MOST = 600;

    @Override
    public double[] make(Chance chance, Synthesis.Calendar calendar) {
        int steps = chance.happens(.35) ? 35 + chance.below(120) : 150 + chance.below(650);
        double[] log = new double[steps];
        Arrays.fill(log, StrictMath.log(chance.scaleBetween(LEAST, MOST)));
        week(chance, calendar, log);
        year(chance, calendar, log);
        path(chance, log);
        launch(chance, log);
        promotions(chance, calendar, log);
        return sold(chance, log);
    }

    /** A profile that may change once; some shops rest on a day or two. */
    private static void week(Chance chance, Synthesis.Calendar calendar, double[] log) {
        double[] profile = profile(chance);
        double[] later = chance.happens(.1) ? profile(chance) : profile;
        int change = chance.below(log.length);
        for (int t = 0; t < log.length; t++) {
            int weekday = (int) Math.floorMod(calendar.day(t), 7L);
            log[t] += (t < change ? profile : later)[weekday];
        }
    }

    private static double[] profile(Chance chance) {
        double[] profile = new double[7];
        double free = chance.happens(.15) ? 0 : chance.between(0, .35);
        double weekend = chance.happens(.75) ? .2 + .3 * chance.normal() : 0;
        double last = chance.between(-.5, 1);
        double slope = chance.happens(.5) ? .08 * chance.normal() : 0;
        for (int day = 0; day < 7; day++) {
            double near = day == 5 ? 1 : day == 4 ? .6 : day == 6 ? last : 0;
            profile[day] = free * chance.normal() + weekend * near + slope * (day - 3);
        }
        if (chance.happens(.25)) {
            profile[6] = chance.happens(.7) ? Double.NEGATIVE_INFINITY : profile[6] - chance.between(.3, 2);
        }
        if (chance.happens(.1)) {
            profile[chance.happens(.6) ? 5 : chance.below(5)] = Double.NEGATIVE_INFINITY;
        }
        return profile;
    }

    /** Two harmonics, and for some a feast that comes back. */
    private static void year(Chance chance, Synthesis.Calendar calendar, double[] log) {
        double swing = chance.happens(.3) ? 0 : chance.between(0, .5);
        double half = chance.happens(.5) ? 0 : chance.between(0, .2);
        double peak = chance.between(0, YEAR);
        double second = chance.between(0, YEAR);
        double feast = chance.happens(.25) ? chance.between(.2, 1.2) : 0;
        double feastDay = chance.happens(.6) ? 345 : chance.between(0, YEAR);
        double width = chance.between(2, 12);
        for (int t = 0; t < log.length; t++) {
            double day = calendar.day(t) % YEAR;
            double away = day - feastDay;
            away = Math.abs(away) > YEAR / 2 ? YEAR - Math.abs(away) : away;
            log[t] += swing * StrictMath.cos(2 * StrictMath.PI * (day - peak) / YEAR)
                    + half * StrictMath.cos(4 * StrictMath.PI * (day - second) / YEAR)
                    + feast * StrictMath.exp(-.5 * away * away / (width * width));
        }
    }

    private static void path(Chance chance, double[] log) {
        double steepness = chance.happens(.3) ? 0 : chance.scaleBetween(3e-4, 5e-3);
        double slope = steepness * chance.normal();
        double walk = 0;
        double memory = 1 - chance.scaleBetween(.004, .3);
        double restless = chance.scaleBetween(.02, .25) * StrictMath.sqrt(1 - memory * memory);
        double trend = 0;
        int bend = chance.until(120);
        int step = chance.until(chance.happens(.5) ? 2000 : 300);
        for (int t = 0; t < log.length; t++) {
            if (t == bend) {
                slope = steepness * chance.normal();
                bend += chance.until(120);
            }
            if (t == step) {
                trend += .45 * chance.normal();
                step += chance.until(300);
            }
            slope *= .995;
            trend += slope;
            walk = memory * walk + restless * chance.normal();
            log[t] += trend + walk;
        }
    }

    /** Most are simply there from the first day; some have to be found, some are news that wears off. */
    private static void launch(Chance chance, double[] log) {
        double from = chance.happens(.25) ? chance.between(-2, 0) : chance.happens(.15) ? chance.between(0, 1.2) : 0;
        double takes = chance.scaleBetween(4, 60);
        for (int t = 0; t < log.length; t++) {
            log[t] += from * StrictMath.exp(-t / takes);
        }
    }

    private static void promotions(Chance chance, Synthesis.Calendar calendar, double[] log) {
        if (chance.happens(.4)) {
            return;
        }
        double every = chance.between(20, 150);
        int usual = 1 + chance.below(chance.happens(.3) ? 14 : 5);
        int weekday = chance.happens(.6) ? chance.below(7) : -1;
        double uplift = chance.between(.15, 1.3);
        double dip = chance.happens(.3) ? chance.between(0, .4) : 0;
        for (int t = chance.until(every); t < log.length; t += usual + chance.until(every)) {
            int begin = weekday < 0 ? t : t + (int) Math.floorMod(weekday - calendar.day(t), 7L);
            double size = uplift * chance.between(.6, 1.4);
            for (int i = begin; i < Math.min(log.length, begin + 2 * usual); i++) {
                log[i] += i < begin + usual ? size : -dip;
            }
        }
    }

    private static double[] sold(Chance chance, double[] log) {
        double shape = chance.happens(.25) ? Double.POSITIVE_INFINITY : chance.scaleBetween(1, 80);
        double parcel = chance.happens(.2) ? chance.scaleBetween(1.5, 12) : 1;
        double odd = chance.happens(.4) ? chance.between(0, .01) : 0;
        double empty = chance.happens(.35) ? chance.between(80, 500) : Double.POSITIVE_INFINITY;
        boolean saysZero = chance.happens(.2);
        int out = empty < Double.POSITIVE_INFINITY ? chance.until(empty) : log.length;
        int back = 0;
        boolean begun = false;
        double[] y = new double[log.length];
        for (int t = 0; t < log.length; t++) {
            if (t == out) {
                back = t + chance.until(8);
                out = back + chance.until(empty);
            }
            double mean = StrictMath.exp(log[t]) * (shape < Double.POSITIVE_INFINITY ? chance.gamma(shape) : 1);
            mean *= chance.happens(odd) ? chance.between(2, 8) : 1;
            long sold = t < back ? 0 : parcels(chance, mean, parcel);
            begun |= sold > 0;
            y[t] = sold > 0 || saysZero && begun ? sold : Double.NaN;
        }
        return y;
    }

    private static long parcels(Chance chance, double mean, double size) {
        if (size == 1) {
            return chance.poisson(mean);
        }
        long parcels = chance.poisson(mean / size);
        return parcels + chance.poisson(parcels * (size - 1));
    }
}
