package io.larder.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.rounds.Spread;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

    private static final List<String> PEERS = List.of("Ours", "Theirs", "Others");
    private static final List<Integer> THREADS = List.of(1, 16);

    @Test
    void drawsABarForEveryPeerAndNumberOfThreadsInEveryPanel() throws Exception {
        Document svg = draw((peer, threads) -> Optional.of(new Spread(2, 1, 3)));

        int bars = PEERS.size() * THREADS.size() * 4;
        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(bars);
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(bars + 1 + THREADS.size());
    }

    @Test
    void leavesOutWhatWasNotMeasured() throws Exception {
        Document svg =
                draw((peer, threads) -> peer.equals("Others") ? Optional.empty() : Optional.of(new Spread(2, 1, 3)));

        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(2 * THREADS.size() * 4);
    }

    @Test
    void keepsEverythingWithinThePicture() throws Exception {
        Document svg = draw((peer, threads) -> Optional.of(new Spread(2, 2, 2)));

        double height = number(svg.getDocumentElement(), "height");
        double width = number(svg.getDocumentElement(), "width");
        for (String shape : List.of("rect", "text")) {
            for (int index = 0; index < svg.getElementsByTagName(shape).getLength(); index++) {
                Element element = (Element) svg.getElementsByTagName(shape).item(index);
                assertThat(number(element, "y") + number(element, "height")).isBetween(0.0, height);
                assertThat(number(element, "x") + number(element, "width")).isBetween(0.0, width);
            }
        }
    }

    private static Document draw(Chart.Speeds<String> speeds) throws Exception {
        List<Chart.Panel<String>> line = List.of(new Chart.Panel<>("Get", speeds), new Chart.Panel<>("Put", speeds));
        String svg =
                new Chart<>("Speeds", "Speeds, more or less", PEERS, peer -> peer, THREADS, List.of(line, line)).svg();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double number(Element element, String name) {
        return element.hasAttribute(name) ? Double.parseDouble(element.getAttribute(name)) : 0;
    }
}
