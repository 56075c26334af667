using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Measures the components of a board in bounded steps, so that other threads and the connection stay alive.</summary>
    public interface IMeasurer
    {
        /// <summary>Starts afresh.</summary>
        void Begin();

        /// <summary>Does a bounded piece of work.</summary>
        /// <returns>True while more is left to do.</returns>
        bool Step();

        /// <summary>Adds the measured components to <paramref name="claims"/>, which holds none.</summary>
        /// <returns>Ok, MeasurementFailed or MeasurementChanged.</returns>
        EvidenceStatus AddTo(EvidenceClaims claims);
    }
}
