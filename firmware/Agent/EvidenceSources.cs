using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Decides once, at start, who makes the evidence of this board.</summary>
    public static class EvidenceSources
    {
        /// <summary>Sets UEID, credential and evidence source: those of the native module where there is one, else the self-reported ones.</summary>
        /// <remarks>A module that is there and fails is an error and never a reason to report as somebody else: whoever can break
        /// it must not get a weaker board that still looks healthy.</remarks>
        /// <param name="module">The calls of the native module; each of them may throw NotSupportedException, which means there is none.</param>
        /// <param name="state">What the board keeps, or null where nothing was provisioned.</param>
        /// <param name="selfReport">The other way, or null on a board that must have the module.</param>
        /// <param name="options">Completed after Ok, else unchanged.</param>
        /// <returns>Ok; ModuleMissing without module and without other way; IdentityShared when both identities have one UEID,
        /// for a key must never serve both; else what the module or the other way said.</returns>
        public static EvidenceStatus Choose(INativeModule module, DeviceState state, ISelfReport selfReport, AgentOptions options)
        {
            NativeEvidenceSource native = new NativeEvidenceSource(module);
            EvidenceStatus status = native.Begin();
            if (status == EvidenceStatus.ModuleMissing && selfReport != null)
            {
                return state == null ? EvidenceStatus.NotProvisioned : selfReport.Fill(state, options);
            }

            if (status != EvidenceStatus.Ok)
            {
                return status;
            }

            if (state == null || state.NativeCredential == null)
            {
                return EvidenceStatus.NotProvisioned;
            }

            if (state.Ueid != null && IsSame(state.Ueid, native.Ueid))
            {
                return EvidenceStatus.IdentityShared;
            }

            options.Ueid = native.Ueid;
            options.Credential = state.NativeCredential;
            options.EvidenceSource = native;
            return EvidenceStatus.Ok;
        }

        private static bool IsSame(byte[] left, byte[] right)
        {
            for (int i = 0; i < EvidenceProfile.UeidBytes; i++)
            {
                if (left[i] != right[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
