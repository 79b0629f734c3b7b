package io.larder.spring;

import io.larder.annotations.Expressions;
import io.larder.annotations.Paths;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/** Spring's expressions beside paths: <code>{#user.age > 17}</code>. Variables are the parameters and {@code #result}. Thread-safe. */
final class SpelExpressions implements Expressions {

    private static final Pattern PATH = Pattern.compile("[\\w.]+");
    private static final String RESULT = "result";

    private final SpelExpressionParser parser = new SpelExpressionParser();
    private final DefaultParameterNameDiscoverer discoverer = new DefaultParameterNameDiscoverer();

    @Override
    public Expression parse(String text, Method method, @Nullable Type resultType) {
        if (PATH.matcher(text.strip()).matches()) {
            return Paths.PATHS.parse(text, method, resultType);
        }
        SpelExpression parsed;
        try {
            parsed = (SpelExpression) parser.parseExpression(text.strip());
        } catch (ParseException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
        @Nullable String[] names = discoverer.getParameterNames(method);
        List<String> known = new ArrayList<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            String name = names == null ? null : names[i];
            known.add(name == null ? "p" + i : name);
        }
        checkVariables(parsed.getAST(), known, resultType != null);
        return (arguments, result) -> {
            EvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
                    .withInstanceMethods()
                    .build();
            for (int i = 0; i < known.size(); i++) {
                context.setVariable(known.get(i), arguments[i]);
            }
            context.setVariable(RESULT, result);
            return parsed.getValue(context);
        };
    }

    /** Refuses names that are not there, which SpEL would take for null, and so give all calls one key. */
    private static void checkVariables(SpelNode node, List<String> known, boolean hasResult) {
        if (node instanceof VariableReference) {
            String name = node.toStringAST().substring(1);
            if (name.equals(RESULT) && !hasResult) {
                throw new IllegalArgumentException("'#result' is needed before there is one");
            }
            if (!name.equals(RESULT) && !known.contains(name)) {
                throw new IllegalArgumentException("no parameter '#" + name + "'; there are " + known);
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            checkVariables(node.getChild(i), known, hasResult);
        }
    }
}
