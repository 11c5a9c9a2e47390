'use client';
import { useMay } from '@/components/shell/use-session.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { TabPanel, Tabs } from '@/components/ui/tabs.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { AboutPanel } from './about-panel.tsx';
import { AccountPanel } from './account-panel.tsx';
import { ArtifactsPanel } from './artifacts-panel.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { CloudsPanel } from './clouds-panel.tsx';
import { CredentialsPanel } from './credentials-panel.tsx';
import { RegistriesPanel } from './registries-panel.tsx';
import { SecretsPanel } from './secrets-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';
import { UsersPanel } from './users-panel.tsx';

const TABS = [
  { value: 'account', label: 'Account', admin: false },
  { value: 'tokens', label: 'API tokens', admin: false },
  { value: 'users', label: 'Users', admin: true },
  { value: 'credentials', label: 'Credentials', admin: true },
  { value: 'secrets', label: 'Secrets', admin: true },
  { value: 'registries', label: 'Registries', admin: true },
  { value: 'artifacts', label: 'Artifacts', admin: true },
  { value: 'clouds', label: 'Clouds', admin: true },
  { value: 'audit', label: 'Audit log', admin: true },
  { value: 'about', label: 'About', admin: false },
] as const;
type Tab = (typeof TABS)[number]['value'];

export function SettingsScreen() {
  const mayAdminister = useMay('administer');
  const tabs = TABS.filter((tab) => !tab.admin || mayAdminister);
  const [tab, setTab] = useUrlState<Tab>(
    'tab',
    'account',
    tabs.map((each) => each.value),
  );
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs value={tab} onChange={setTab} tabs={tabs} label="Settings" className="flex-1">
        <TabPanel value="account">
          <AccountPanel />
        </TabPanel>
        <TabPanel value="tokens">
          <TokensPanel />
        </TabPanel>
        <TabPanel value="users">
          <UsersPanel />
        </TabPanel>
        <TabPanel value="credentials">
          <CredentialsPanel />
        </TabPanel>
        <TabPanel value="secrets">
          <SecretsPanel />
        </TabPanel>
        <TabPanel value="registries">
          <RegistriesPanel />
        </TabPanel>
        <TabPanel value="artifacts">
          <ArtifactsPanel />
        </TabPanel>
        <TabPanel value="clouds">
          <CloudsPanel />
        </TabPanel>
        <TabPanel value="audit">
          <AuditPanel />
        </TabPanel>
        <TabPanel value="about">
          <AboutPanel />
        </TabPanel>
      </Tabs>
    </>
  );
}
