namespace IotAttest.Agent
{
    /// <summary>The self-reported identity: its key lies in the file system, and managed code makes its evidence.</summary>
    public sealed class SelfReport : ISelfReport
    {
        private readonly DeviceStateStore _store;
        private readonly EvidenceFacts _facts;
        private readonly IMeasurer _measurer;

        /// <summary>Joins what differs by board; the UEID of <paramref name="facts"/> is set later, from the device state.</summary>
        public SelfReport(DeviceStateStore store, EvidenceFacts facts, IMeasurer measurer)
        {
            _store = store;
            _facts = facts;
            _measurer = measurer;
        }

        /// <inheritdoc/>
        public EvidenceStatus Fill(DeviceState state, AgentOptions options)
        {
            if (state.Ueid == null || state.Credential == null)
            {
                return EvidenceStatus.NotProvisioned;
            }

            if (state.Key == null)
            {
                return EvidenceStatus.KeyMissing;
            }

            _facts.Ueid = state.Ueid;
            FileBootState boot = new FileBootState(_store, state);
            HmacAuthenticator authenticator = new HmacAuthenticator(state.Ueid, state.Key);
            options.Ueid = state.Ueid;
            options.Credential = state.Credential;
            options.EvidenceSource = new ManagedEvidenceSource(_facts, boot, _measurer, authenticator);
            return EvidenceStatus.Ok;
        }
    }
}
