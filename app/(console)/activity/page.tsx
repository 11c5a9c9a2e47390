import { ActivityScreen } from '@/components/activity/activity-screen.tsx';

export default function ActivityPage() {
  return <ActivityScreen />;
}
