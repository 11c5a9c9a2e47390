import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, textMap, texts } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s VanillaJavaApp. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'java-process',
  title: 'Java process',
  description: 'A Java program: class path, main class and arguments.',
  icon: 'coffee',
  planned: true,
  aliases: classNames('brooklyn.entity.java.VanillaJavaApp', 'org.apache.brooklyn.entity.java.VanillaJavaApp'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'vanillaJavaApp.mainClass': optional(text, 'Main class'),
    'vanillaJavaApp.classpath': optional(texts, 'Class path', 'Archives and folders, copied to where it runs.'),
    'vanillaJavaApp.args': optional(texts, 'Arguments'),
    'vanillaJavaApp.jvmXArgs': optional(texts, 'JVM options'),
    'vanillaJavaApp.jvmDefines': optional(textMap, 'Further system properties'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    main: 'vanillaJavaApp.mainClass',
    classpath: 'vanillaJavaApp.classpath',
    args: 'vanillaJavaApp.args',
    jvmXArgs: 'vanillaJavaApp.jvmXArgs',
    jvmDefines: 'vanillaJavaApp.jvmDefines',
  },
  sensors: JMX_SENSORS,
});
