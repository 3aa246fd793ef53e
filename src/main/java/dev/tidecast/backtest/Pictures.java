package dev.tidecast.backtest;

import dev.tidecast.text.JsonBytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fans of a few keys and what overtook them, as the page of a report reads them. */
final class Pictures {
    private static final int MOST_FANS = 4;

    private final Scoreboard board;
    private final Gallery gallery;
    private final JsonBytes json;
    private final Ladder ladder;

    Pictures(Scoreboard board, Gallery gallery, JsonBytes json) {
        this.board = board;
        this.gallery = gallery;
        this.json = json;
        this.ladder = board.all().ladder();
    }

    /** The second widest interval, drawn darker. */
    static int inner(Ladder ladder) {
        int widest = ladder.widest();
        int found = -1;
        for (int i = widest + 1; widest >= 0 && i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0) {
                found = i;
            }
        }
        return found;
    }

    /** A typical key first, then the best, the worst and more from in between. */
    void write() {
        List<Scoreboard.KeyScore> keys = board.keys();
        Set<Integer> places = new LinkedHashSet<>();
        for (int i = 0; i < MOST_FANS && i < keys.size(); i++) {
            places.add(Math.min(keys.size() - 1, keys.size() / 2 + i));
            places.add(i);
            places.add(keys.size() - 1 - i);
        }
        boolean more = false;
        for (int place : places) {
            Scoreboard.KeyScore key = keys.get(place);
            Gallery.Picture picture = gallery.picture(key.course());
            if (!picture.issues().isEmpty()) {
                json.raw(more ? "," : "");
                picture(key, rank(place, keys.size()), picture);
                more = true;
            }
        }
    }

    private static String rank(int place, int of) {
        return place == 0 ? "best" : place == of - 1 ? "worst" : "number " + (place + 1) + " of " + of;
    }

    private void picture(Scoreboard.KeyScore key, String rank, Gallery.Picture picture) {
        json.raw("{\"key\":").text(key.key()).raw(",\"rank\":").text(rank);
        json.raw(",\"skill\":").number(key.reference().skill()).raw(",\"times\":[");
        int length = picture.actual().length;
        long[] times = times(picture, length);
        for (int i = 0; i < length; i++) {
            json.raw(i == 0 ? "" : ",").number(times[i]);
        }
        json.raw("],\"actual\":");
        Report.numbers(json, length, i -> picture.actual()[i]);
        json.raw(",\"fans\":[");
        for (int i = 0; i < picture.issues().size(); i++) {
            Issue issue = picture.issues().get(i);
            json.raw(i == 0 ? "" : ",").raw("{\"at\":").number(issue.index() - picture.first());
            fan(issue);
            json.raw("}");
        }
        json.raw("]}");
    }

    /** Where steps have no moments, their numbers stand for them. */
    private static long[] times(Gallery.Picture picture, int length) {
        long[] times = new long[length];
        Issue any = picture.issues().get(0);
        int horizon = any.horizon();
        long step = horizon > 1 ? (any.target(horizon) - any.target(1)) / (horizon - 1) : 1;
        for (int i = 0; i < length; i++) {
            long number = picture.first() + i;
            times[i] = picture.course().timed() ? any.target(1) + (number - any.index()) * step : number;
        }
        return times;
    }

    private void fan(Issue issue) {
        int horizon = issue.horizon();
        json.raw(",\"mid\":");
        Report.numbers(json, horizon, h -> issue.middle(h + 1));
        int widest = ladder.widest();
        int low = widest < 0 ? 0 : widest;
        int high = widest < 0 ? 0 : ladder.partner(widest);
        json.raw(",\"low\":");
        Report.numbers(json, horizon, h -> issue.quantile(h + 1, low));
        json.raw(",\"high\":");
        Report.numbers(json, horizon, h -> issue.quantile(h + 1, high));
        int inner = inner(ladder);
        if (inner >= 0) {
            json.raw(",\"low2\":");
            Report.numbers(json, horizon, h -> issue.quantile(h + 1, inner));
            json.raw(",\"high2\":");
            Report.numbers(json, horizon, h -> issue.quantile(h + 1, ladder.partner(inner)));
        }
    }
}
