namespace IotAttest.Agent
{
    /// <summary>What the agent is doing or what just happened. Numbers are stable: boards print them; new ones go to the end.</summary>
    public enum AgentStatus
    {
        /// <summary>Not started, or stopped.</summary>
        Stopped = 0,

        /// <summary>Opens the connection to the verifier or its broker.</summary>
        Connecting = 1,

        /// <summary>The broker took the credential.</summary>
        Connected = 2,

        /// <summary>Subscribed; the next move is the verifier's.</summary>
        WaitingForChallenge = 3,

        /// <summary>A challenge or an epoch marker came; the components are being measured.</summary>
        Measuring = 4,

        /// <summary>Evidence was handed to the connection.</summary>
        EvidenceSent = 5,

        /// <summary>PUBACK: the verdict is durable, or, behind a broker, the broker has the evidence.</summary>
        EvidenceAcknowledged = 6,

        /// <summary>An attestation result came; the handler gets its summary.</summary>
        Result = 7,

        /// <summary>Neither challenge, acknowledgement nor result came in time; the agent asks or sends again.</summary>
        NoAnswer = 8,

        /// <summary>The broker refused the credential; the agent tries again, after longer and longer pauses.</summary>
        Refused = 9,

        /// <summary>The broker could not be reached.</summary>
        Unreachable = 10,

        /// <summary>An open connection was lost, or one that never brought an answer was given up.</summary>
        BrokerLost = 11,

        /// <summary>The board has no attestation key; the agent looks again at its slowest pace.</summary>
        KeyMissing = 12,

        /// <summary>The boot count could not be made durable; no evidence leaves the board.</summary>
        BootStateLost = 13,

        /// <summary>The components could not be measured.</summary>
        MeasurementFailed = 14,

        /// <summary>Measured flash differs from what booted, or changed while it was measured; no evidence leaves the board.</summary>
        MeasurementChanged = 15,

        /// <summary>The claims do not fit the evidence profile: a mistake in the board's own facts.</summary>
        ClaimsRefused = 16,

        /// <summary>Epoch mode: the evidence for the present marker was acknowledged; the board may switch off.</summary>
        MaySleep = 17,

        /// <summary>The board has no identity or no credential yet.</summary>
        NotProvisioned = 18,

        /// <summary>The firmware has no native module, and the board must have one.</summary>
        ModuleMissing = 19,

        /// <summary>The native module answered what it must not.</summary>
        ModuleFailed = 20,

        /// <summary>The native module's key did not answer.</summary>
        AuthenticationFailed = 21,

        /// <summary>A loaded assembly does not lie in measured flash; no evidence leaves the board.</summary>
        AssemblyOutside = 22,

        /// <summary>The native and the self-reported identity have one UEID.</summary>
        IdentityShared = 23,
    }
}
