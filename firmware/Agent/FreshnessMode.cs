namespace IotAttest.Agent
{
    /// <summary>What makes evidence fresh; fixed per device at enrolment.</summary>
    public enum FreshnessMode
    {
        /// <summary>The verifier sends 32 bytes to this board.</summary>
        Challenge = 0,

        /// <summary>A signed marker for all boards is retained on the epoch topic: for boards that sleep.</summary>
        Epoch = 1,
    }
}
