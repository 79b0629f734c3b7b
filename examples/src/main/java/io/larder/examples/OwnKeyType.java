package io.larder.examples;

import io.larder.Cache;
import io.larder.CodecException;
import io.larder.Larder;
import io.larder.spi.KeyCodec;

/**
 * How do I use a key type of my own? By saying how it is written, so that no two keys are written alike.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * Ann
 * row 7: [Seat[row=7, letter=C], Seat[row=7, letter=D]]
 * }</pre>
 */
public final class OwnKeyType {

    record Seat(int row, char letter) {}

    /** Writes seat C in row 7 as "7/C". */
    private static final class SeatKeys implements KeyCodec<Seat> {

        @Override
        public String encode(Seat seat) {
            return seat.row() + "/" + seat.letter();
        }

        @Override
        public Seat decode(String text) {
            String[] parts = text.split("/", 2);
            try {
                return new Seat(Integer.parseInt(parts[0]), parts[1].charAt(0));
            } catch (RuntimeException e) {
                throw new CodecException("The key '" + text + "' is no seat. Expected row/letter", e);
            }
        }
    }

    private OwnKeyType() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<Seat, String> guests = larder.cache("guests", Seat.class, String.class)
                    .keyCodec(new SeatKeys())
                    .build();
            guests.put(new Seat(7, 'C'), "Ann");
            guests.put(new Seat(7, 'D'), "Bob");
            guests.put(new Seat(8, 'A'), "Cem");

            System.out.println(guests.get(new Seat(7, 'C')));
            System.out.println("row 7: "
                    + guests.keys("7/*")
                            .sorted((a, b) -> a.letter() - b.letter())
                            .toList());
        }
    }
}
