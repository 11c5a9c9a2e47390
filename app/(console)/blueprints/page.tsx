import { redirect } from 'next/navigation';

export default function BlueprintsPage() {
  redirect('/blueprints/deploy');
}
