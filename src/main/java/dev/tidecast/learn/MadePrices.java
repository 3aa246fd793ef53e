package dev.tidecast.learn;

import java.util.Arrays;

/**
 * Market prices, a value per step, at random moments none:
 *
 * <pre>
 *   ln p(t) = ln p(t-1) + r,   r = sigma(t) × day(t) × e + jump
 *   ln sigma² wanders around its usual value: slowly, quickly, and with the size of the last moves
 *   e        normal or heavy-tailed;  day: U-shaped, or always 1
 *   p        rounded to a tick; some bounce between bid and ask
 * </pre>
 */
final class MadePrices implements Synthesis.Maker {
    @Override
    public double[] make(Chance chance, Synthesis.Calendar calendar) {
        int steps = 400 + chance.below(2400);
        double[] p = moves(chance, calendar, steps);
        double price = StrictMath.log(chance.scaleBetween(2, 2000));
        double tick = chance.happens(.8) ? .01 : chance.scaleBetween(.001, .1);
        double bounce = chance.happens(.3) ? chance.between(0, 1) * tick : 0;
        double traded = chance.happens(.6) ? 1 : chance.between(.3, 1);
        for (int t = 0; t < steps; t++) {
            price += p[t];
            double quoted = StrictMath.exp(price) + (chance.happens(.5) ? bounce : -bounce);
            p[t] = chance.happens(traded) ? Math.max(1, Math.rint(quoted / tick)) * tick : Double.NaN;
        }
        return p;
    }

    private static double[] moves(Chance chance, Synthesis.Calendar calendar, int steps) {
        double perDay = 86_400_000.0 / (calendar.start(1) - calendar.start(0));
        double usual = chance.scaleBetween(.004, .06) / StrictMath.sqrt(Math.max(1, perDay));
        double freedom = chance.happens(.4) ? Double.POSITIVE_INFINITY : chance.between(3, 12);
        double jumps = chance.happens(.5) ? chance.scaleBetween(1e-4, 1e-2) : 0;
        double smile = chance.happens(.4) ? chance.between(.2, 1.2) : 0;
        double opens = chance.between(0, 1);
        double[] sigma = moods(chance, steps);
        double reaction = chance.happens(.3) ? 0 : chance.between(.02, .2);
        double memory = (1 - reaction) * chance.between(.9, .998);
        double cluster = 1;
        double[] r = new double[steps];
        for (int t = 0; t < steps; t++) {
            double e = StrictMath.sqrt(cluster) * (freedom < 1e9 ? chance.heavy(freedom) : chance.normal());
            cluster = Math.min(30, 1 - reaction - memory + reaction * e * e + memory * cluster);
            double since = calendar.shareOfDay(t) + 1 - opens;
            double noon = 2 * Math.abs(since - Math.floor(since) - .5);
            double day = StrictMath.exp(smile * (noon - .5));
            double jump = chance.happens(jumps) ? chance.between(2, 10) * chance.normal() : 0;
            r[t] = usual * sigma[t] * day * (e + jump);
        }
        return r;
    }

    /** The width of moves apart from what the last moves do to it: waves slow and quick, and storms that come and go. */
    private static double[] moods(Chance chance, int steps) {
        double[] sigma = new double[steps];
        Arrays.fill(sigma, 1);
        for (int wave = 0; wave < 2; wave++) {
            double memory = 1 - (wave == 0 ? chance.scaleBetween(.001, .01) : chance.scaleBetween(.02, .2));
            double size = chance.happens(.3) ? 0 : chance.between(.1, .6);
            double state = size * chance.normal();
            for (int t = 0; t < steps; t++) {
                state = memory * state + size * StrictMath.sqrt(1 - memory * memory) * chance.normal();
                sigma[t] *= StrictMath.exp(state - size * size);
            }
        }
        double storm = chance.happens(.4) ? chance.between(1.5, 4) : 1;
        double calm = chance.scaleBetween(50, 600);
        double rages = chance.scaleBetween(5, 80);
        for (int t = chance.until(calm); t < steps; t += chance.until(calm)) {
            for (int end = Math.min(steps, t + chance.until(rages)); t < end; t++) {
                sigma[t] *= storm;
            }
        }
        return sigma;
    }
}
