import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about TOSCA templates and the archives that they come in. */
export const TOSCA_CODES = {
  'archive-limit': {
    severity: 'error',
    meaning: 'An archive is larger, or has more files, than is read.',
    remedy: 'Leave out what the blueprint does not need.',
  },
  'archive-unreadable': { severity: 'error', meaning: 'An archive is damaged, or none.', remedy: 'Make the archive again, as zip.' },
  'archive-unsafe': {
    severity: 'error',
    meaning: 'An entry of an archive leads out of it, is a link or another file that is no plain one, or is encrypted.',
    remedy: 'Make the archive of plain files with plain names.',
  },
  'csar-entry': {
    severity: 'error',
    meaning: 'It cannot be told which file of an archive is the template.',
    remedy: 'Put one YAML file at the root, or name it in TOSCA-Metadata/TOSCA.meta as `Entry-Definitions`.',
  },
  'tosca-circle': {
    severity: 'error',
    meaning: 'Types derive from each other, nodes host or copy each other, in a circle.',
    remedy: 'Remove one of the links that the message names.',
  },
  'tosca-constraint': {
    severity: 'warning',
    meaning: 'A constraint that is not checked.',
    remedy: 'Nothing to do; the message says why it is not.',
  },
  'tosca-environment': {
    severity: 'error',
    meaning: 'Two operations of a node give different values to one input; all operations of a process share their environment.',
    remedy: 'Give one of the inputs another name, in the template and in its script.',
  },
  'tosca-file': {
    severity: 'error',
    meaning: 'A script or another file that a template names is not there.',
    remedy: 'Put it into the archive, or beside the template.',
  },
  'tosca-function': {
    severity: 'error',
    meaning: 'A function has wrong arguments, or reads what is not there.',
    remedy: 'The hint says what there is.',
  },
  'tosca-function-unsupported': {
    severity: 'error',
    meaning: 'A function of TOSCA that is not worked out in this way.',
    remedy: 'Write the value, or read it in another way.',
  },
  'tosca-host': {
    severity: 'error',
    meaning: 'A node with scripts is hosted on a container, in which none are run.',
    remedy: 'Build an image with it, or host it on a machine.',
  },
  'tosca-host-placed': {
    severity: 'info',
    meaning: 'A machine or container runtime only hosts containers: they run on hosts of the cloud, and it is not made.',
    remedy: 'Nothing to do.',
  },
  'tosca-image': {
    severity: 'error',
    meaning: 'A container has no image.',
    remedy: 'Add an artifact of the type `tosca.artifacts.Deployment.Image.Container.Docker`.',
  },
  'tosca-import': {
    severity: 'error',
    meaning: 'A template that is imported is not there, or is none. Nothing is downloaded.',
    remedy: 'Put the file into the archive, or beside the template.',
  },
  'tosca-input-missing': {
    severity: 'error',
    meaning: 'An input has no value and no default.',
    remedy: 'Give a value, or add a `default`.',
  },
  'tosca-no-topology': {
    severity: 'error',
    meaning: 'A template without nodes: it defines types at most.',
    remedy: 'Add `topology_template` with `node_templates`, or import the file from a template that has them.',
  },
  'tosca-no-value': {
    severity: 'warning',
    meaning: 'A function reads a property that has no value; what needs it is left out.',
    remedy: 'Give the property a value, if it is needed.',
  },
  'tosca-property-missing': {
    severity: 'error',
    meaning: 'A property or an input of an operation that must have a value has none.',
    remedy: 'Give it a value.',
  },
  'tosca-requirement': {
    severity: 'warning',
    meaning: 'A requirement that the type does not declare, that nothing meets, or that more than one node meets.',
    remedy: 'Name the node that is meant.',
  },
  'tosca-script': {
    severity: 'error',
    meaning: 'An implementation that is no shell script, or a script of a container.',
    remedy: 'Write it as a shell script, or put what it does into the image.',
  },
  'tosca-too-large': {
    severity: 'error',
    meaning: 'With everything that it imports, inherits and inserts, a template is too large.',
    remedy: 'Split it, or insert less.',
  },
  'tosca-unknown-node': {
    severity: 'error',
    meaning: 'A node or group is named that is not in the topology.',
    remedy: 'Take one of the names in the hint.',
  },
  'tosca-unknown-property': {
    severity: 'warning',
    meaning: 'A property or capability that its type does not declare.',
    remedy: 'Correct the name, or declare it.',
  },
  'tosca-unknown-type': {
    severity: 'error',
    meaning: 'A type, other than that of a node, is named that is not defined.',
    remedy: 'Define it, import it, or take one of the names in the hint.',
  },
  'tosca-value': {
    severity: 'error',
    meaning: 'A value is not what its type or a constraint asks for.',
    remedy: 'The message says what is needed.',
  },
  'tosca-version': {
    severity: 'error',
    meaning: '`tosca_definitions_version` is missing, or names no version that is read.',
    remedy: 'Write `tosca_simple_yaml_1_3`, or the version that the template was written for.',
  },
} as const satisfies DiagnosticMeanings;
