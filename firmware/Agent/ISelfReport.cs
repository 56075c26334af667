namespace IotAttest.Agent
{
    /// <summary>The way of a board without native module; its code is left off boards that must have one.</summary>
    public interface ISelfReport
    {
        /// <summary>Sets UEID, credential and evidence source of the self-reported identity.</summary>
        /// <returns>Ok; else <paramref name="options"/> are unchanged: NotProvisioned or KeyMissing.</returns>
        EvidenceStatus Fill(DeviceState state, AgentOptions options);
    }
}
