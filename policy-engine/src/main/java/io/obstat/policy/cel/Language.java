package io.obstat.policy.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.obstat.policy.Rule;
import java.util.Optional;

/** What conditions are written in: CEL with its standard functions and macros, {@code lowerAscii()}, and the variables below. */
final class Language {

    static final String ACTION = "action";
    static final String AGENT = "agent";
    static final String CLAIMED = "claimed";
    static final String NOW = "now";

    private static final int LARGEST_REGEX = 1_000;
    private static final int DEEPEST = 50;

    private static final StructType ACTION_TYPE = struct(
            "obstat.Action",
            ImmutableMap.of(
                    "type", SimpleType.STRING,
                    "resource", SimpleType.STRING,
                    "environment", SimpleType.STRING,
                    "parameters", MapType.create(SimpleType.STRING, SimpleType.DYN)));

    private static final StructType AGENT_TYPE = struct(
            "obstat.Agent",
            ImmutableMap.of(
                    "id", SimpleType.STRING,
                    "owner", SimpleType.STRING,
                    "onBehalfOf", SimpleType.STRING,
                    "method", SimpleType.STRING));

    private static final StructType CLAIMED_TYPE = struct(
            "obstat.Claimed",
            ImmutableMap.of(
                    "intent", SimpleType.STRING,
                    "run", SimpleType.STRING,
                    "model", SimpleType.STRING,
                    "links", ListType.create(MapType.create(SimpleType.STRING, SimpleType.STRING)),
                    "diff", SimpleType.STRING));

    private final CelCompiler compiler;
    private final CelValidator validator;
    private final CelRuntime runtime;

    Language(Limits limits) {
        CelOptions options = CelOptions.current()
                .comprehensionMaxIterations(limits.iterations())
                .maxRegexProgramSize(LARGEST_REGEX)
                .maxExpressionCodePointSize(Rule.LONGEST_WHEN)
                .maxParseRecursionDepth(DEEPEST)
                // A parameter is a whole number or not by its value (48210.0 has the digest of 48210), so the two must
                // compare.
                .enableHeterogeneousNumericComparisons(true)
                .build();
        var lowerCase = CelExtensions.strings(CelStringExtensions.Function.LOWER_ASCII);
        compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(lowerCase)
                .setTypeProvider(new Types(ImmutableList.of(ACTION_TYPE, AGENT_TYPE, CLAIMED_TYPE)))
                .addVar(ACTION, ACTION_TYPE)
                .addVar(AGENT, AGENT_TYPE)
                .addVar(CLAIMED, CLAIMED_TYPE)
                .addVar(NOW, SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL)
                .build();
        runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(options)
                .addLibraries(lowerCase)
                .build();
        validator = CelValidatorFactory.standardCelValidatorBuilder(compiler, runtime)
                .addAstValidators(
                        RegexLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE)
                .build();
    }

    CelCompiler compiler() {
        return compiler;
    }

    CelValidator validator() {
        return validator;
    }

    CelRuntime runtime() {
        return runtime;
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    private record Types(ImmutableList<CelType> all) implements CelTypeProvider {

        @Override
        public ImmutableCollection<CelType> types() {
            return all;
        }

        @Override
        public Optional<CelType> findType(String name) {
            return all.stream().filter(type -> type.name().equals(name)).findFirst();
        }
    }
}
