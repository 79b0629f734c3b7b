package io.larder.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CurvesTest {

    @Test
    void drawsEachCurveFromItsFirstSizeToItsLast() throws Exception {
        Document svg = draw(Math.PI, 1e9);

        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points"))
                .isEqualTo("16.0,188.0 106.0,133.0 196.0,78.0");
    }

    @Test
    void saysTheFirstAndTheLastValue() throws Exception {
        assertThat(draw(1, 2).getDocumentElement().getTextContent()).contains("Ours: 1.00 – 2.00", "1 – 100 entries");
    }

    @Test
    void drawsWhatIsConstantAsALevelLine() throws Exception {
        Document svg = draw(7, 7);

        assertThat(((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points"))
                .isEqualTo("16.0,188.0 106.0,188.0 196.0,188.0");
    }

    private static Document draw(double first, double last) throws Exception {
        SortedMap<Long, Double> values = new TreeMap<>();
        values.put(1L, first);
        values.put(10L, Math.sqrt(first * last));
        values.put(100L, last);
        Curves.Panel panel = new Curves.Panel(
                "Get",
                "1",
                "100 entries",
                List.of(new Curves.Curve("Ours", values), new Curves.Curve("Theirs", values)));
        String svg = new Curves("Times", "Times by size", List.of(List.of(panel))).svg();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
