/** Policy sets as YAML files: read strictly, every complaint with file, line, rule and field. */
@NullMarked
package io.obstat.policy.yaml;

import org.jspecify.annotations.NullMarked;
