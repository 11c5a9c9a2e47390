import '@xyflow/react/dist/style.css';
import { type Node, ReactFlow, useNodesState } from '@xyflow/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

interface Told {
  readonly id: string;
  readonly label: string;
}

/** React Flow as its documentation begins: default nodes, each update a new array of them. */
function Plain({ initial }: { initial: Node[] }) {
  const [nodes, setNodes, onNodesChange] = useNodesState(initial);
  useEffect(() => {
    const updates = new EventSource('/updates');
    updates.onmessage = ({ data }: MessageEvent<string>) => {
      const told = new Map((JSON.parse(data) as Told[]).map(({ id, label }) => [id, label]));
      setNodes((before) => before.map((node) => (told.has(node.id) ? { ...node, data: { label: told.get(node.id) } } : node)));
    };
    return () => updates.close();
  }, [setNodes]);
  const isFit = location.hash !== '#full';
  return (
    <ReactFlow
      nodes={nodes}
      onNodesChange={onNodesChange}
      minZoom={0.01}
      {...(isFit ? { fitView: true, fitViewOptions: { minZoom: 0.01 } } : { defaultViewport: { x: 0, y: 0, zoom: 1 } })}
    />
  );
}

const initial: Node[] = await (await fetch('/nodes')).json();
createRoot(document.body.appendChild(Object.assign(document.createElement('div'), { style: 'position:fixed;inset:0' }))).render(
  <Plain initial={initial} />,
);
